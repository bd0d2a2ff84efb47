/** Random work on each engine, beside a slow model in memory that does the same and is looked at row by row. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Condition, permitFor } from "../../../src/store/condition.js";
import { Deletion } from "../../../src/store/deletion.js";
import type { Write } from "../../../src/store/engine.js";
import type { OpenedEngine } from "../../../src/store/opened-engine.js";
import { openPostgres } from "../../../src/store/postgres/open-postgres.js";
import type { MemberKey } from "../../../src/store/records.js";
import { openSqlite } from "../../../src/store/sqlite/open-sqlite.js";
import { createTemporaryPostgres } from "../../support/postgres.js";

const PERSONS = ["12", "13", "ü"];
const GUILDS = ["900", "901"];

type Step =
  | { readonly kind: "permit"; readonly member: MemberKey }
  | {
      readonly kind: "write";
      readonly writes: readonly Write[];
      /** Which of the permits taken so far. */
      readonly permit?: number;
      /** That the text under this key is what the model has, or that it is this. */
      readonly asked?: { readonly key: string; readonly text?: string };
    }
  | { readonly kind: "person"; readonly memberId: string; readonly places?: readonly string[] }
  | { readonly kind: "guild"; readonly guildId: string; readonly others: readonly string[] }
  | { readonly kind: "reset"; readonly member: MemberKey };

const member = fc.record({
  guildId: fc.constantFrom(...GUILDS),
  memberId: fc.constantFrom(...PERSONS),
});
const key = fc.oneof(
  member.map(({ guildId, memberId }) => `consent:${memberId}:${guildId}`),
  member.map(({ guildId, memberId }) => `questions:${guildId}:${memberId}`),
  fc
    .tuple(member, fc.constantFrom("a", "b"))
    .map(([{ guildId, memberId }, id]) => `comparison:${guildId}:${memberId}:${id}`),
  fc.constantFrom("settings:1", "settings:ä", "settings:\u{1f600}", "settings:\uffff", "ballot:7"),
);
const write = fc.tuple(key, member, fc.nat(2), fc.boolean()).map(
  ([one, { guildId, memberId }, n, isGone]): Write => ({
    key: one,
    text: isGone ? null : JSON.stringify({ value: { guildId, memberId, n, text: "ä\0\ud800" } }),
  }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("permit" as const), member }) },
  {
    weight: 10,
    arbitrary: fc.record(
      {
        kind: fc.constant("write" as const),
        writes: fc.array(write, { minLength: 1, maxLength: 4 }),
        permit: fc.nat(5),
        asked: fc.record({ key, text: fc.constant("other") }, { requiredKeys: ["key"] }),
      },
      { requiredKeys: ["kind", "writes"] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        kind: fc.constant("person" as const),
        memberId: fc.constantFrom(...PERSONS),
        places: fc.subarray(GUILDS, { minLength: 1 }),
      },
      { requiredKeys: ["kind", "memberId"] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("guild" as const),
      guildId: fc.constantFrom(...GUILDS),
      others: fc.subarray(["settings:1", "settings:ä"]),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reset" as const), member }) },
);

describe.each(["SQLite", "PostgreSQL"] as const)("%s", (engine) => {
  it("does what a look at every row would do, whatever comes in whatever order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        const opened = await (engine === "SQLite" ? openFile() : openDatabase());
        try {
          await perform(opened, steps);
        } finally {
          await opened.close();
        }
      }),
      { seed: 3, numRuns: 12, endOnFailure: true },
    );
  });
});

async function perform(opened: OpenedEngine, steps: readonly Step[]): Promise<void> {
  const { engine, lives } = opened;
  const deletion = new Deletion({
    engine,
    deleter: opened.start({
      remove: async (keys) =>
        void (await engine.write(keys.map((one) => ({ key: one, text: null })))),
      failed: (cause) => cause as Error,
      failure: (_what, cause) => cause as Error,
      onError: raise,
    }),
    onError: raise,
  });
  const model = new Map<string, string>();
  const permits: { real: Condition; member: MemberKey; isOver: boolean }[] = [];
  const end = (matches: (one: MemberKey) => boolean) => {
    for (const permit of permits) if (matches(permit.member)) permit.isOver = true;
  };
  let at = 0;
  for (const one of steps) {
    at++;
    if (one.kind === "permit") {
      permits.push({
        real: permitFor(lives, one.member, "nothing"),
        member: one.member,
        isOver: false,
      });
    } else if (one.kind === "write") {
      const permit = one.permit === undefined ? undefined : permits[one.permit];
      const { asked } = one;
      const wanted = asked && (asked.text ?? model.get(asked.key));
      const condition: Condition = {
        since: permit?.real.since ?? [],
        keys: asked ? [asked.key] : [],
        holds: (textOf) => asked === undefined || textOf(asked.key) === wanted,
      };
      const holds = !permit?.isOver && (asked === undefined || model.get(asked.key) === wanted);
      expect(await engine.write(one.writes, condition)).toBe(holds);
      for (const { key: written, text } of holds ? one.writes : []) {
        if (text === null) model.delete(written);
        else model.set(written, text);
      }
    } else if (one.kind === "person") {
      const { memberId, places = GUILDS } = one;
      const isMeant = (row: MemberKey) => row.memberId === memberId && places.includes(row.guildId);
      const gone = await deletion.forgetMember(memberId, one.places ?? "everywhere", at);
      expect([...gone].sort()).toEqual(taken(model, isMeant).sort());
      end(isMeant);
    } else if (one.kind === "guild") {
      await deletion.forgetGuild(one.guildId, one.others, at);
      taken(model, ({ guildId }) => guildId === one.guildId);
      for (const other of one.others) model.delete(other);
      end(({ guildId }) => guildId === one.guildId);
    } else {
      const { guildId, memberId } = one.member;
      const isMeant = (row: MemberKey) => row.memberId === memberId && row.guildId === guildId;
      const isVote = (row: { key: string }) => row.key.startsWith("comparison:");
      await deletion.forgetVotes(one.member, isVote, async () => undefined, at);
      taken(model, isMeant, (known) => isVote({ key: known }));
      end(isMeant);
    }
    await compare(opened, model);
  }
}

async function compare(
  { engine }: OpenedEngine,
  model: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = (await engine.rows({})).filter(({ key: one }) => !one.startsWith("deletions-"));
  const expected = [...model].sort(([one], [other]) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
  expect(rows.map(({ key: one, value }) => [one, value.toString()])).toEqual(expected);
}

/** Takes from the model what is about those members. Returns the keys. */
function taken(
  model: Map<string, string>,
  isMeant: (member: MemberKey) => boolean,
  which: (key: string) => boolean = () => true,
): string[] {
  const gone = [...model.keys()].filter((one) => {
    const about = memberOf(one, model.get(one)!);
    return about !== undefined && isMeant(about) && which(one);
  });
  for (const one of gone) model.delete(one);
  return gone;
}

function memberOf(full: string, text: string): MemberKey | undefined {
  const [namespace, first = "", second = ""] = full.split(":");
  if (namespace === "consent") return { guildId: second, memberId: first };
  if (namespace === "ballot") return (JSON.parse(text) as { value: MemberKey }).value;
  return namespace === "settings" ? undefined : { guildId: first, memberId: second };
}

async function openFile(): Promise<OpenedEngine> {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const url = `sqlite://${join(folder, "attune.sqlite")}`;
  const opened = await openSqlite(url, raise, { alone: true });
  return closing(opened, async () => rmSync(folder, { recursive: true, force: true }));
}

async function openDatabase(): Promise<OpenedEngine> {
  const database = await createTemporaryPostgres();
  return closing(await openPostgres(database.url, raise, {}), () => database.remove());
}

function closing(opened: OpenedEngine, after: () => Promise<void>): OpenedEngine {
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await after();
    },
  };
}

function raise(error: unknown): never {
  throw error;
}
