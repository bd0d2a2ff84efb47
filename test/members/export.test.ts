import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeResponse } from "../../models/encoder/encoder.js";
import { exportMember } from "../../src/members/export.js";
import { SCHEMAS } from "../../src/store/record-schemas.js";
import type { MemberKey } from "../../src/store/records.js";
import { openDatabase, TABLE } from "../../src/store/sqlite/database.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const MEMBER: MemberKey = { guildId: "810000000000000900", memberId: "850000000000000001" };
const AXIS = { name: "length", low: "short", high: "long" };
/** Kinds of records that are about nobody in particular. */
const IMPERSONAL = [
  "usage",
  "departure",
  "encryption-key",
  "model",
  "current-model",
  "settings",
  "trial",
  // There while an answer is being written; names nobody.
  "pending-line",
  // That some process answers a message, for an hour; names nobody.
  "message-claim",
  // When a training was asked for last.
  "turn",
  // How far a training is.
  "training-run",
  // Of a language model's answers to everybody.
  "dose",
  "average",
  "day-secret",
  // Under a hash; the counts themselves are told as `usedToday`.
  "day-count",
];

describe("the export", () => {
  let test: TestServices;
  beforeAll(async () => {
    test = await createTestServices({ ENCRYPTION_KEY: Buffer.alloc(32, "key").toString("base64") });
    const { services } = test;
    const { ballots, calibrations, consents, limits, models, nudges, questions, votes } = services;
    const direct = { ...MEMBER, guildId: "0" };
    for (const member of [MEMBER, direct]) await consents.grant(member);
    await consents.setPooled(MEMBER, true);
    await consents.withhold(MEMBER, ["humour"]);
    const directives = [{ axis: "length", pole: -1, dose: 3, words: 30 } as const];
    const manner = { kind: "exploit", directives } as const;
    const candidate = (text: string) => ({
      text,
      features: featuresToText(encodeResponse(text)),
      manner,
    });
    const draft = {
      encoder: models.current.encoderId,
      source: "chat",
      trains: true,
      demonstration: false,
      candidates: [candidate("Answer one."), candidate("Answer two, at length.")],
      alternative: "Answer three.",
    } as const;
    await ballots.post({ member: MEMBER, ...draft }, "71", "860000000000000001");
    await ballots.post({ member: direct, ...draft }, "72", "860000000000000002");
    await votes.tap("860000000000000001", MEMBER.memberId, "b");
    const permit = ballots.permit(MEMBER);
    await ballots.announce({ member: MEMBER, ...draft }, "71", "860000000000000003", permit);
    await calibrations.start(MEMBER, "en");
    await calibrations.answer(MEMBER, 1, "a");
    await nudges.nudge(MEMBER, nudges.axes.version, 0, true);
    await questions.claim(MEMBER, { perDay: 9, gap: 0 });
    const tipped = [{ axis: AXIS, amount: 0.5 }];
    const why = { tipped, runnerUp: "The runner-up.", manner };
    await services.replyNotes.note(["860000000000000004"], MEMBER, why);
    limits.admit({ ...MEMBER, channelId: "71" });
    limits.spend({ ...MEMBER, channelId: "71" }, 123);
    const path = test.config.storeUrl.replace("sqlite://", "");
    const database = await openDatabase(path, "write", 5_000);
    const damaged = `{"value":{"memberId":"${MEMBER.memberId}"`;
    const sql = `INSERT INTO ${TABLE} (key, value) VALUES ('reply:860000000000000005', ?)`;
    await database.all(sql, damaged);
    await database.close();
  });
  afterAll(() => test.remove());

  async function exported(): Promise<object> {
    const places = await test.services.memberData.placesOf(MEMBER.memberId);
    return exportMember(MEMBER.memberId, places, test.services);
  }

  it("has whatever is kept about the member, record by record", async () => {
    const rows = await test.services.store.deletion.rowsOf(MEMBER.memberId);
    const namespaces = new Set(rows.map(({ key }) => key.slice(0, key.indexOf(":"))));
    // Every kind that there is: a new one has to be exported as well.
    const kinds = Object.keys(SCHEMAS).filter((kind) => !IMPERSONAL.includes(kind));
    expect([...namespaces].sort()).toEqual(kinds.sort());
    const told = new Set(leavesOf(await exported()));
    for (const { key, value } of rows) {
      if (key.endsWith("05")) continue;
      for (const part of key.split(":").slice(1)) expect(told).toContain(part);
      const record = (JSON.parse(String(value)) as { value: object }).value;
      const sealed = (leaf: unknown) => typeof leaf === "string" && leaf.startsWith("g1:");
      for (const [name, leaf] of namedLeavesOf(record)) {
        if (sealed(leaf) || name === "sealed") continue;
        const isTime = /^(?:at|since|createdAt|expiresAt|updatedAt)$/.test(name);
        const time = isTime ? new Date(leaf as number).toISOString() : leaf;
        expect([key, name, told.has(time) || told.has(leaf)]).toEqual([key, name, true]);
      }
    }
  });

  it("has the texts that are sealed in the store, what was used today, and what is damaged", async () => {
    const told = leavesOf(await exported());
    for (const text of [
      "Answer one.",
      "Answer two, at length.",
      "Answer three.",
      "The runner-up.",
      "Write about 30 words.",
    ]) {
      expect(told).toContain(text);
    }
    expect(await exported()).toMatchObject({
      usedToday: { messages: 1, tokens: 123 },
      damaged: [{ key: "reply:860000000000000005" }],
    });
    expect(JSON.stringify(await exported())).not.toContain("g1:");
  });

  it("has nothing of anybody else", async () => {
    const other = { ...MEMBER, memberId: "850000000000000002" };
    await test.services.consents.grant(other);
    expect(JSON.stringify(await exported())).not.toContain(other.memberId);
  });
});

function leavesOf(value: unknown): unknown[] {
  return namedLeavesOf(value).map(([, leaf]) => leaf);
}

function namedLeavesOf(value: unknown, name = ""): [name: string, leaf: unknown][] {
  if (typeof value !== "object" || value === null) return [[name, value]];
  return Object.entries(value).flatMap(([key, one]) =>
    namedLeavesOf(one, Array.isArray(value) ? name : key),
  );
}
