import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Condition, permitFor } from "../../../src/store/condition.js";
import { profileKey } from "../../../src/store/keys.js";
import type { Store } from "../../../src/store/store.js";
import { createTemporaryStore, type TemporaryStore } from "../../support/temporary-store.js";
import { waitFor } from "../../support/wait-for.js";

const WRITERS = 4;
const GRANTED = { state: "granted", pooled: false, at: 1 } as const;

/** As many stores on one database as there would be processes; one on SQLite, which has one process. */
describe.each(["SQLite", "PostgreSQL"] as const)("writers at once in %s", (engine) => {
  let temporary: TemporaryStore;
  let stores: Store[];
  beforeEach(async () => {
    temporary = await createTemporaryStore(engine);
    stores = [temporary.store];
    if (engine === "PostgreSQL") {
      while (stores.length < 3) stores.push(await temporary.another());
    }
  });
  afterEach(() => temporary.remove());

  const storeOf = (writer: number) => stores[writer % stores.length]!;

  it("lose no count, however they come together", async () => {
    const keys = ["1", "2", "3"];
    const each = 30;
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        const store = storeOf(writer);
        for (let done = 0; done < each; ) {
          // Two records in one write, in another order each time.
          const pair = [keys[(done + writer) % 3]!, keys[(done + 2 * writer + 1) % 3]!];
          const counts = await Promise.all([...new Set(pair)].map((key) => countOf(store, key)));
          const writes = counts.map(({ key, count }) =>
            store.settings.putting(key, { questionsPerDay: count + 1 }),
          );
          if (await store.writeTogether(writes, unchanged(store, counts))) done++;
        }
      }),
    );
    const counts = await Promise.all(keys.map((key) => countOf(stores[0]!, key)));
    let expected = 0;
    for (let writer = 0; writer < WRITERS; writer++) {
      for (let done = 0; done < each; done++) {
        expected += (done + writer) % 3 === (done + 2 * writer + 1) % 3 ? 1 : 2;
      }
    }
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(expected);
  });

  it("make a record once that several want to make", async () => {
    for (let round = 0; round < 20; round++) {
      const key = String(round);
      const made = await Promise.all(
        stores.flatMap((store) =>
          [1, 2].map((questionsPerDay) =>
            store.writeTogether([store.settings.putting(key, { questionsPerDay })], {
              keys: [`settings:${key}`],
              holds: (textOf) => textOf(`settings:${key}`) === undefined,
            }),
          ),
        ),
      );
      expect(made.filter(Boolean)).toHaveLength(1);
    }
  });

  it("leave nothing that was begun before a deletion", async () => {
    const member = { guildId: "900", memberId: "12" };
    let isOver = false;
    let moment = 0;
    let written = 0;
    const writing = stores.flatMap((store, at) =>
      [1, 2].map(async (writer) => {
        for (let n = 0; !isOver; n++) {
          const permit = permitFor(store.tombstones, member, "nothing");
          const begun = ++moment;
          await store.consents.get("12:900");
          const key = `comparison:${profileKey(member)}:${at}-${writer}-${n}`;
          const write = { key, text: JSON.stringify({ value: begun }) };
          const consent = store.consents.putting("12:900", GRANTED);
          if (await store.writeTogether([write, consent], permit)) written++;
        }
      }),
    );
    for (let round = 1; round <= 25; round++) {
      const store = storeOf(round);
      const enough = written + 2;
      await waitFor(() => written >= enough || undefined, "writes of this life");
      const before = ++moment;
      const places = round % 3 === 0 ? [member.guildId] : "everywhere";
      await store.deletion.forgetMember(member.memberId, places, round);
      const left = await storeOf(round + 1).deletion.rowsOf(member.memberId);
      const begun = left
        .filter(({ key }) => key.startsWith("comparison:"))
        .map(({ value }) => (JSON.parse(value.toString()) as { value: number }).value);
      expect(Math.min(Number.POSITIVE_INFINITY, ...begun)).toBeGreaterThan(before);
    }
    isOver = true;
    await Promise.all(writing);
  });

  it("let guilds and persons go that are being written about", async () => {
    const members = Array.from({ length: 12 }, (_, at) => ({
      guildId: String(900 + (at % 3)),
      memberId: String(10 + at),
    }));
    await Promise.all([
      ...members.map(async (member, at) => {
        const store = storeOf(at);
        for (let n = 0; n < 20; n++) {
          const permit = permitFor(store.tombstones, member, "nothing");
          const key = profileKey(member);
          await store.writeTogether(
            [store.questions.putting(key, { day: "2026-01-01", count: n, since: 0 })],
            permit,
          );
        }
      }),
      ...stores.map((store, at) => store.deletion.forgetGuild(String(900 + at), [], 5)),
      ...members.map(({ memberId }, at) =>
        storeOf(at + 1).deletion.forgetMember(memberId, "everywhere", 6),
      ),
    ]);
    for (const store of stores) {
      for (const { guildId } of members) await store.deletion.forgetGuild(guildId, [], 7);
    }
    expect(await stores[0]!.questions.count()).toBe(0);
  });
});

async function countOf(store: Store, key: string): Promise<{ key: string; count: number }> {
  return { key, count: (await store.settings.get(key))?.questionsPerDay ?? 0 };
}

function unchanged(store: Store, counts: readonly { key: string; count: number }[]): Condition {
  const textAt = (key: string, questionsPerDay: number) =>
    store.settings.putting(key, { questionsPerDay }).text;
  return {
    keys: counts.map(({ key }) => `settings:${key}`),
    holds: (textOf) =>
      counts.every(({ key, count }) => {
        const text = textOf(`settings:${key}`);
        return count === 0 ? text === undefined : text === textAt(key, count);
      }),
  };
}
