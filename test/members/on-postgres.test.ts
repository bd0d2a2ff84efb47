import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeResponse } from "../../models/encoder/encoder.js";
import type { MemberKey } from "../../src/store/records.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

describe("members of a bot on PostgreSQL, whose services run twice over one database", () => {
  let database: TemporaryPostgres;
  let first: TestServices;
  let second: TestServices;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    first = await createTestServices({ STORE_URL: database.url });
    second = await createTestServices({ STORE_URL: database.url });
  });
  afterEach(async () => {
    await first.remove();
    await second.remove();
    await database.remove();
  });

  const member = (id: string): MemberKey => ({ guildId: "810000000000000900", memberId: id });
  const gone = member("840000000000002001");
  const stays = member("840000000000002002");

  it("agree, are asked, vote in one and are known in the other", async () => {
    await seat(first, stays, "1");
    await vote(second, stays, "1");
    expect(await first.services.profiles.comparisonsOf(stays)).toHaveLength(1);
    const profile = await second.services.profiles.view(stays);
    expect(profile.votes).toBe(1);
    await second.restart();
    expect((await second.services.profiles.view(stays)).votes).toBe(1);
  });

  it("have everything deleted in one, and no row names them any more", async () => {
    for (const [at, one] of [gone, stays].entries()) {
      await seat(first, one, String(at));
      await vote(second, one, String(at));
    }
    expect(await rowsWith(gone.memberId)).not.toEqual([]);
    const deleted = await second.services.memberData.delete(gone.memberId, "everywhere");
    expect(deleted).toMatchObject({ places: 1, votes: 1 });
    expect(await rowsWith(gone.memberId)).toEqual([]);
    expect(await rowsWith(stays.memberId)).not.toEqual([]);
    expect((await first.services.consents.get(gone))?.state).toBeUndefined();
    await seat(first, gone, "3");
    await vote(first, gone, "3");
    expect(await second.services.profiles.comparisonsOf(gone)).toHaveLength(1);
  });

  async function seat({ services }: TestServices, one: MemberKey, id: string): Promise<void> {
    await services.consents.grant(one);
    const candidate = (text: string) => ({ text, features: featuresToText(encodeResponse(text)) });
    await services.ballots.post(
      {
        ...{
          member: one,
          encoder: services.models.current.encoderId,
          source: "chat",
          trains: true,
        },
        candidates: [candidate("Yes."), candidate("It depends.")],
        demonstration: false,
      },
      "1",
      `88${id}`,
    );
  }

  async function vote({ services }: TestServices, one: MemberKey, id: string): Promise<void> {
    await services.votes.cast(`88${id}`, one.memberId, "a");
  }

  /** The keys of all rows in which the bytes of `text` stand anywhere, in whatever table. */
  async function rowsWith(text: string): Promise<string[]> {
    const found: string[] = [];
    for (const table of ["attune", "attune_tombstones", "attune_facts", "attune_marks"]) {
      const rows = await database.query<{ row: string }>(
        `SELECT t::text AS row FROM ${table} t WHERE position($1 IN t::text) > 0`,
        [text],
      );
      found.push(...rows.map(({ row }) => row));
    }
    return found;
  }
});
