import { ShardClientUtil } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OwnShards, shardOf } from "../../src/guilds/shards.js";
import { DIRECT_MESSAGES_GUILD } from "../../src/store/ids.js";

const snowflake = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
const count = fc.integer({ min: 1, max: 16_384 });

describe("the shards of a process", () => {
  it("has each server on the shard that discord.js has it on", () => {
    fc.assert(
      fc.property(snowflake, count, (guildId, shards) => {
        expect(shardOf(guildId, shards)).toBe(ShardClientUtil.shardIdForGuildId(guildId, shards));
      }),
    );
  });

  it("divides all servers among the processes, and each is one's alone", () => {
    const parts = fc.integer({ min: 1, max: 40 }).chain((shards) =>
      fc.record({
        shards: fc.constant(shards),
        holders: fc.array(fc.nat(2), { minLength: shards, maxLength: shards }),
        guildId: fc.oneof(snowflake, fc.constant(DIRECT_MESSAGES_GUILD), fc.string()),
      }),
    );
    fc.assert(
      fc.property(parts, ({ shards, holders, guildId }) => {
        const processes = [0, 1, 2].map(() => new OwnShards());
        for (const [shard, holder] of holders.entries()) processes[holder]!.add(shard, shards);
        expect(processes.filter((one) => one.isOurs(guildId))).toHaveLength(1);
        expect(processes.filter((one) => one.isFirst)).toHaveLength(1);
        expect(processes.some((one) => one.isAll)).toBe(new Set(holders).size === 1);
      }),
    );
  });

  it("has direct messages on shard 0", () => {
    const own = new OwnShards();
    own.add(1, 2);
    expect(own.isOurs(DIRECT_MESSAGES_GUILD)).toBe(false);
    own.add(0, 2);
    expect(own.isOurs(DIRECT_MESSAGES_GUILD)).toBe(true);
  });

  it("holds nothing before Discord has said which servers there are", () => {
    expect(new OwnShards().isOurs("800000000000000000")).toBe(false);
    expect(new OwnShards().isAll).toBe(false);
  });

  it("takes its own servers for an even part of all", () => {
    const own = new OwnShards();
    expect(own.everywhere(0)).toBe(0);
    for (const shard of [0, 1]) own.add(shard, 6);
    expect(own.everywhere(100)).toBe(300);
  });
});
