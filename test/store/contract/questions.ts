/**
 * What every engine of the store must answer: the same rows, in the same order, as a look at each row
 * would give. Also for records that are damaged in every way.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Column,
  type Engine,
  type Page,
  type Question,
  STALE,
  UNKNOWN_GUILD,
  UNKNOWN_PERSON,
  type Write,
} from "../../../src/store/engine.js";

export interface OpenEngine {
  readonly engine: Engine;
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const IDS = ["1", "12", "123", "2", "ä", "zz"];
const DAYS = ["2026-01-30", "2026-01-31", "2026-02-01"];
const DAMAGED = ["", "{", "null", "7", '"text"', "[]", '{"value":null}', '{"value":[1]}', "12 2"];

const id = fc.constantFrom(...IDS);
const at = fc
  .tuple(fc.constantFrom(...DAYS), fc.constantFrom(0, 1, DAY_MS / 2, DAY_MS - 1))
  .map(([day, later]) => Date.parse(day) + later);
const expiresAt = fc.constantFrom(0, 1, 99, 100, 101, 1e12, 1.5);
/** A field that a damaged record has in another form, or lacks. */
const wrong = fc.constantFrom(undefined, null, 7, true, [], {});

function mostly<Value>(right: fc.Arbitrary<Value>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

function row(
  key: fc.Arbitrary<string>,
  fields: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Write> {
  const text = fc.oneof(
    { weight: 8, arbitrary: fc.record(fields).map((value) => JSON.stringify({ value })) },
    { weight: 1, arbitrary: fc.constantFrom(...DAMAGED) },
  );
  return fc.record({ key, text });
}

function keyOf(namespace: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((ids) => [namespace, ...ids].join(":"));
}

const written = fc.oneof(
  row(keyOf("consent", id, id), { state: fc.constant("granted") }),
  row(keyOf("profile", id, id), {
    modelVersion: mostly(fc.constantFrom("v1", "v2", "starter")),
    stale: mostly(fc.boolean()),
    votes: mostly(fc.constantFrom(0, 1, 9)),
  }),
  row(keyOf("comparison", id, id, id), {
    at: mostly(at),
    source: mostly(fc.constantFrom("chat", "deck", "nudge", "another")),
  }),
  row(keyOf("ballot", id), {
    guildId: mostly(id),
    memberId: mostly(id),
    channelId: mostly(id),
    expiresAt: mostly(expiresAt),
    unposted: fc.constantFrom(undefined, true, false, 1),
    source: mostly(fc.constantFrom("chat", "another")),
  }),
  row(keyOf("reply", id), {
    guildId: mostly(id),
    memberId: mostly(id),
    expiresAt: mostly(expiresAt),
  }),
  row(keyOf("questions", id, id), { day: fc.constant("") }),
  row(keyOf("settings", id), { channelIds: fc.constant(["12"]) }),
  row(keyOf("day-count", fc.constantFrom(...DAYS), id), { expiresAt }),
);

const question: fc.Arbitrary<Question> = fc
  .tuple(
    fc.oneof(
      fc.record({ person: fc.oneof(id, fc.constant(UNKNOWN_PERSON)) }),
      fc.record({ guild: fc.oneof(id, fc.constant(UNKNOWN_GUILD)) }),
      fc.record({ channel: id }),
      fc.record({ state: fc.constantFrom("unposted" as const, "another" as const) }),
      fc.record({ expiresUntil: expiresAt }),
      fc.record({ version: fc.constantFrom("v1", "v2", "starter", STALE) }),
      fc.record({ voteless: fc.constant(true as const) }),
      fc.record({ voted: fc.record({ guild: id, day: fc.constantFrom(...DAYS) }) }),
      fc.constant({}),
    ),
    fc.oneof(
      fc.constant({}),
      fc.record({
        prefix: fc.constantFrom("ballot:", "consent:1", "profile:12:", "comparison:1", "reply:"),
      }),
    ),
    fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, fc.record({ containing: id })),
  )
  .map((parts) => Object.assign({}, ...parts));

const page: fc.Arbitrary<{ limit?: number; backwards?: boolean }> = fc.record(
  { limit: fc.integer({ min: 1, max: 7 }), backwards: fc.boolean() },
  { requiredKeys: [] },
);

/** Holds the engine that `open` gives against a look at each of a few hundred rows. */
export function holdQuestions(name: string, open: () => Promise<OpenEngine>): void {
  describe(`questions to ${name}`, () => {
    let opened: OpenEngine;
    const rows = new Map<string, string>();
    beforeAll(async () => {
      opened = await open();
      const writes = fc.sample(written, { numRuns: 600, seed: 1 });
      for (const { key, text } of writes) rows.set(key, text!);
      await opened.engine.write(writes);
    });
    afterAll(() => opened.close());

    const expected = (asked: Question) =>
      [...rows.keys()].filter((key) => isAskedFor(key, rows.get(key)!, asked)).sort(byBytes);

    it("are answered as by a look at each row", async () => {
      await fc.assert(
        fc.asyncProperty(question, async (asked) => {
          const keys = expected(asked);
          expect(await opened.engine.keys(asked)).toEqual(keys);
          expect(await opened.engine.count(asked)).toBe(keys.length);
          const found = await opened.engine.rows(asked);
          expect(found.map(({ key, value }) => [key, value.toString()])).toEqual(
            keys.map((key) => [key, rows.get(key)]),
          );
        }),
        { seed: 1, numRuns: 400 },
      );
    });

    it("are answered page by page with the same rows, in either direction", async () => {
      await fc.assert(
        fc.asyncProperty(question, page, async (asked, { limit = 3, backwards = false }) => {
          const keys = expected(asked);
          if (backwards) keys.reverse();
          const found: string[] = [];
          for (let more: Page | undefined = { limit, backwards }; more !== undefined; ) {
            const some = await opened.engine.keys(asked, more);
            expect(some.length).toBeLessThanOrEqual(limit);
            found.push(...some);
            more = some.length < limit ? undefined : { limit, backwards, after: some.at(-1)! };
          }
          expect(found).toEqual(keys);
        }),
        { seed: 2, numRuns: 100 },
      );
    });

    const beginning = fc.constantFrom(
      ...[1, 2, 3].map((colons) => ["comparison:", colons] as const),
      ...[1, 2].map((colons) => ["profile:", colons] as const),
      ["comparison:1", 3] as const,
      ["nothing:", 1] as const,
    );

    it("list each beginning of keys once", async () => {
      await fc.assert(
        fc.asyncProperty(beginning, async ([prefix, colons]) => {
          const each = beginningsOf(expected({ prefix }), colons);
          expect(await opened.engine.beginnings(prefix, colons, 1_000)).toEqual(each);
          const found: string[] = [];
          for (let some = [""]; some.length > 0; found.push(...some)) {
            some = await opened.engine.beginnings(prefix, colons, 3, found.at(-1));
          }
          expect(found).toEqual(each);
        }),
        { seed: 3, numRuns: 16 },
      );
    });

    it("count and read the last rows of many beginnings at once", async () => {
      const { engine } = opened;
      const members = [
        ...(await engine.beginnings("comparison:", 3, 1_000)),
        "nothing:",
        "profile:1",
      ];
      const asked = fc.tuple(fc.shuffledSubarray(members), fc.integer({ min: 1, max: 5 }));
      await fc.assert(
        fc.asyncProperty(asked, async ([prefixes, limit]) => {
          const all = prefixes.map((prefix) => expected({ prefix }));
          expect(await engine.counts(prefixes)).toEqual(all.map(({ length }) => length));
          const found = await engine.lastRows(prefixes, limit);
          const texts = found.map((some) => some.map(({ key, value }) => [key, value.toString()]));
          const last = all.map((keys) => keys.slice(-limit).reverse());
          expect(texts).toEqual(last.map((keys) => keys.map((key) => [key, rows.get(key)])));
        }),
        { seed: 4, numRuns: 50 },
      );
    });

    it.each(["person", "guild", "version"] as const)("list each %s once", async (column) => {
      const values = [...rows].flatMap(([key, text]) => factsOf(key, text)[column] ?? []);
      const each = [...new Set(values)].sort(byBytes);
      expect(each.length).toBeGreaterThan(2);
      expect(await opened.engine.distinct(column, 1_000)).toEqual(each);
      expect(await inPages(opened.engine, column)).toEqual(each);
    });
  });
}

/** In the order of `keys`. */
function beginningsOf(keys: readonly string[], colons: number): string[] {
  return [...new Set(keys.map((key) => `${key.split(":", colons).join(":")}:`))];
}

async function inPages(engine: Engine, column: Column): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const some = await engine.distinct(column, 2, found.at(-1));
    found.push(...some);
    if (some.length < 2) return found;
  }
}

interface Facts {
  readonly person?: string;
  readonly guild?: string;
  readonly channel?: string | undefined;
  readonly state?: string | undefined;
  readonly expires?: number;
  readonly version?: string;
  readonly voteless?: boolean;
  readonly voted?: string | undefined;
}

function isAskedFor(key: string, text: string, asked: Question): boolean {
  const facts = factsOf(key, text);
  const { containing = "", expiresUntil, prefix = "", voted, voteless } = asked;
  const names = ["person", "guild", "channel", "state", "version"] as const;
  return (
    key.startsWith(prefix) &&
    text.includes(containing) &&
    names.every((name) => asked[name] === undefined || asked[name] === facts[name]) &&
    (expiresUntil === undefined || (facts.expires ?? Number.NaN) <= expiresUntil) &&
    (!voteless || facts.voteless === true) &&
    (voted === undefined || facts.voted === `${voted.guild} ${voted.day}`)
  );
}

function factsOf(key: string, text: string): Facts {
  const [namespace, first = "", second = ""] = key.split(":");
  const value = readValue(text);
  const { channelId, expiresAt: expires, guildId, memberId, source, stale, votes } = value;
  const inValue = {
    person: stringOf(memberId) ?? UNKNOWN_PERSON,
    guild: stringOf(guildId) ?? UNKNOWN_GUILD,
    expires: numberOf(expires) ?? 0,
  };
  if (namespace === "consent") return { person: first, guild: second };
  if (namespace === "questions") return { person: second };
  if (namespace === "reply") return inValue;
  if (namespace === "profile") {
    const version = stale === false ? (stringOf(value.modelVersion) ?? STALE) : STALE;
    return { person: second, version, voteless: !((numberOf(votes) ?? 0) > 0) };
  }
  if (namespace === "ballot") {
    const waiting = source === "another" ? "another" : undefined;
    const state = value.unposted === true ? "unposted" : waiting;
    return { ...inValue, channel: stringOf(channelId), state };
  }
  if (namespace !== "comparison") return {};
  const time = numberOf(value.at);
  const counts = time !== undefined && typeof source === "string" && source !== "nudge";
  const day = counts ? new Date(time).toISOString().slice(0, 10) : "";
  return { person: second, voted: counts ? `${first} ${day}` : undefined };
}

interface Fields {
  readonly [name: string]: unknown;
  readonly modelVersion?: unknown;
  readonly unposted?: unknown;
  readonly at?: unknown;
}

function readValue(text: string): Fields {
  try {
    const { value } = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function byBytes(first: string, second: string): number {
  return Buffer.compare(Buffer.from(first), Buffer.from(second));
}
