import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeResponse } from "../../models/encoder/encoder.js";
import type { BallotDraft } from "../../src/ballots/ballots.js";
import { exportMember } from "../../src/members/export.js";
import { GroupAverages } from "../../src/members/group-averages.js";
import { refitStale } from "../../src/members/stale-refits.js";
import { undoLast } from "../../src/members/undo.js";
import { statusOf } from "../../src/observability/status.js";
import type { Page, Question } from "../../src/store/engine.js";
import { deleteGuildData } from "../../src/store/guild-data.js";
import type { MemberKey } from "../../src/store/records.js";
import type { BatchedSqlite } from "../../src/store/sqlite/batched-sqlite.js";
import type { Database } from "../../src/store/sqlite/database.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { silentLog } from "../support/silent-log.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const MEMBER: MemberKey = { guildId: "900", memberId: "12" };
/** Kinds of which there are as many as members, messages or votes. */
const MANY = ["consent", "profile", "comparison", "ballot", "reply", "questions", "calibration"];
/** By what the SQL asks for: the index that has it. */
const INDEXES = {
  "member = ?": "attune_members",
  "guild = ?": "attune_guild",
  "channel = ?": "attune_channel",
  "state = ?": "attune_state",
  "expires <= ?": "attune_expires",
  "version = ?": "attune_version",
  "voteless = 1": "attune_voteless",
  "voted = ?": "attune_voted",
} as const;

describe("what the product asks the store", () => {
  let test: TestServices;
  let engine: BatchedSqlite;
  const statements = new Set<string>();
  const questions: (readonly [Question, Page])[] = [];

  beforeAll(async () => {
    test = await createTestServices();
    const { trials } = test.services.store as unknown as {
      trials: { parts: { engine: BatchedSqlite } };
    };
    engine = trials.parts.engine;
    listen();
    await useEverything();
  });
  afterAll(() => test.remove());

  it("is found by an index, and by the one that fits", async () => {
    const selects = [...statements].filter((sql) => /\battune\b/.test(sql));
    expect(selects.length).toBeGreaterThan(15);
    for (const sql of selects) {
      const plan = await engine.writer.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      const steps = plan.map(({ detail }) => detail).join("\n");
      expect(steps, sql).not.toMatch(/SCAN attune/);
      for (const [condition, index] of Object.entries(INDEXES)) {
        if (sql.includes(condition)) expect(steps, sql).toContain(index);
      }
    }
  });

  it("is asked under every name that there is an index for", () => {
    const all = [...statements].join("\n");
    for (const condition of Object.keys(INDEXES)) expect(all).toContain(condition);
  });

  it("is never a whole kind of which there are many", () => {
    expect(questions.length).toBeGreaterThan(30);
    const whole = questions.filter(([{ prefix, ...others }, { limit }]) => {
      const isKind = prefix === undefined || MANY.includes(prefix.slice(0, -1));
      return isKind && Object.keys(others).length === 0 && limit !== 1;
    });
    expect(whole).toEqual([]);
  });

  /** Notes every statement, and every question. */
  function listen(): void {
    const { reader, scanner, writer } = engine as unknown as Record<string, Database>;
    for (const connection of [reader, scanner, writer]) {
      const prepared = connection!.prepared;
      connection!.prepared = (sql, ...values) => {
        statements.add(sql);
        return prepared(sql, ...values);
      };
    }
    for (const name of ["rows", "keys", "count"] as const) {
      const ask = engine[name].bind(engine) as (asked: Question, page?: Page) => unknown;
      Object.assign(engine, {
        [name]: (asked: Question, page: Page = {}) => {
          questions.push([asked, page]);
          return ask(asked, page);
        },
      });
    }
  }

  /** A vote of {@link MEMBER} below the message `messageId`. */
  async function vote(messageId: string): Promise<void> {
    const { ballots, consents, models, votes } = test.services;
    await consents.grant(MEMBER);
    await consents.setPooled(MEMBER, true);
    const [a, b] = ["Short.", "A longer answer, with more words."].map((text) => ({
      text,
      features: featuresToText(encodeResponse(text)),
    }));
    const draft: BallotDraft = {
      member: MEMBER,
      candidates: [a!, b!],
      encoder: models.current.encoderId,
      source: "chat",
      trains: true,
      demonstration: false,
    };
    await ballots.post(draft, "77", messageId);
    await votes.cast(messageId, MEMBER.memberId, "b");
  }

  async function makeStale(key: string): Promise<void> {
    const { profiles } = test.services.store;
    const record = await profiles.get(key);
    await profiles.set(key, { ...record!, modelVersion: "older" });
  }

  /** What members, admins and the clock set off, once each. */
  async function useEverything(): Promise<void> {
    const { services } = test;
    const { ballots, departures, memberData, models, profiles, replyNotes, store, votes } =
      services;
    await vote("1");
    await vote("2");
    await replyNotes.note(["3"], MEMBER);
    await statusOf(MEMBER.guildId, {
      ...services,
      inHand: () => 0,
      languageModel: "none",
    });
    await undoLast(MEMBER, services);
    await exportMember(MEMBER.memberId, await memberData.placesOf(MEMBER.memberId), services);
    await new GroupAverages({ ...services, random: Math.random }).marksFor(MEMBER);
    for await (const _ballot of ballots.unposted());
    await ballots.ids({ state: "another" });
    await votes.closeWhere({ channel: "77" });
    await votes.closeWhere({ guild: MEMBER.guildId });
    await ballots.purgeExpired();
    await replyNotes.purgeExpired();
    await departures.reconcile(new Set(), () => true);
    await departures.purge();
    await profiles.userWeights(MEMBER);
    await makeStale(`${MEMBER.guildId}:${MEMBER.memberId}`);
    const accepts = () => true;
    await refitStale({ store, models, profiles, accepts, log: silentLog }).stop();
    await vote("4");
    await memberData.reset(MEMBER);
    await vote("5");
    await memberData.delete(MEMBER.memberId, "everywhere");
    await deleteGuildData(store, MEMBER.guildId, services.clock());
  }
});
