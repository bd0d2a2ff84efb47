import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ENCODER_ID, encodeResponse, FEATURE_COUNT } from "../../models/encoder/encoder.js";
import { STYLE_STATISTICS, wordsOfStatistic } from "../../models/encoder/style-statistics.js";
import { votedWords } from "../../src/members/voted-words.js";
import { comparisonKey, profileKey } from "../../src/store/keys.js";
import type { ComparisonRecord } from "../../src/store/records.js";
import { featuresFromText, featuresToText } from "../../src/store/vector-text.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const MEMBER = { guildId: "900", memberId: "7" };
const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`).join(" ");

function vote(a: number, b: number, changed: Partial<ComparisonRecord> = {}): ComparisonRecord {
  return {
    a: featuresToText(encodeResponse(words(a))),
    b: featuresToText(encodeResponse(words(b))),
    outcome: 1,
    weight: 1,
    encoder: ENCODER_ID,
    firstShown: "a",
    source: "chat",
    trains: true,
    at: 0,
    ...changed,
  };
}

function wordsOf(...records: ComparisonRecord[]) {
  return votedWords(records, ENCODER_ID, FEATURE_COUNT);
}

describe("the words of the answers that a member has voted on", () => {
  it("are those of the shortest and the longest answer", () => {
    const [shortest, longest] = wordsOf(vote(30, 60), vote(120, 40));
    expect(shortest).toBeGreaterThan(25);
    expect(shortest).toBeLessThan(35);
    expect(longest).toBeGreaterThan(105);
    expect(longest).toBeLessThan(135);
  });

  it("are none where nothing was voted on, and wishes and other encoders tell nothing", () => {
    expect(wordsOf()).toEqual([]);
    const wish = vote(3, 900, { source: "nudge" });
    expect(wordsOf(wish, vote(3, 900, { encoder: "another" }))).toEqual([]);
    expect(votedWords([vote(3, 9, { encoder: "own" })], "own", FEATURE_COUNT)).toEqual([]);
  });

  it("are read from the newest hundred votes, as from all of their features", () => {
    const texts = [1, 3, 20, 70, 200].map((count) => featuresToText(encodeResponse(words(count))));
    const one = fc.constantFrom(...texts);
    fc.assert(
      fc.property(fc.array(fc.tuple(one, one), { minLength: 1, maxLength: 130 }), (pairs) => {
        const place = STYLE_STATISTICS.indexOf("logWords");
        const all = pairs
          .slice(-100)
          .flat()
          .map((text) => wordsOfStatistic(featuresFromText(text)[place]!));
        const records = pairs.map(([a, b]) => vote(1, 1, { a, b }));
        expect(wordsOf(...records)).toEqual([Math.min(...all), Math.max(...all)]);
      }),
      { numRuns: 20 },
    );
  });

  it("can be stored whatever a record says", () => {
    const vast = `1e300:${"f".repeat(Math.ceil(FEATURE_COUNT / 3) * 4)}`;
    const dimensions = Math.ceil(FEATURE_COUNT / 3) * 3;
    const found = votedWords([vote(1, 1, { a: vast, b: vast })], ENCODER_ID, dimensions);
    expect(found.every(Number.isFinite)).toBe(true);
    expect(found).toHaveLength(2);
  });
});

describe("the words in a stored profile", () => {
  let test: TestServices;
  const permit = { keys: [], holds: () => true };
  beforeEach(async () => {
    test = await createTestServices();
    await test.services.consents.grant(MEMBER);
  });
  afterEach(() => test.remove());

  it("follow every change of a comparison", async () => {
    const { profiles, store } = test.services;
    const stored = async () => (await store.profiles.get(profileKey(MEMBER)))?.votedWords;
    const [first, second] = [vote(30, 60), vote(120, 40)];
    await profiles.changeComparison(MEMBER, { comparisonId: "1", record: first }, permit);
    expect(await stored()).toEqual(wordsOf(first));
    await profiles.changeComparison(MEMBER, { comparisonId: "2", record: second }, permit);
    expect(await stored()).toEqual(wordsOf(first, second));
    expect((await profiles.ownPreferences(MEMBER)).votedWords).toEqual(wordsOf(first, second));
    await profiles.changeComparison(MEMBER, { comparisonId: "1" }, permit);
    expect(await stored()).toEqual(wordsOf(second));
    await profiles.changeComparison(MEMBER, { comparisonId: "2" }, permit);
    expect(await stored()).toEqual([]);
  });

  it("are worked out from the comparisons where a profile is older than they are", async () => {
    const { profiles, store } = test.services;
    expect((await profiles.ownPreferences(MEMBER)).votedWords).toEqual([]);
    const record = vote(30, 60);
    await profiles.changeComparison(MEMBER, { comparisonId: "1", record }, permit);
    const key = profileKey(MEMBER);
    const { votedWords: _words, ...older } = (await store.profiles.get(key))!;
    await store.profiles.set(key, older);
    expect((await profiles.ownPreferences(MEMBER)).votedWords).toEqual(wordsOf(record));
  });

  it("are made anew with stale weights", async () => {
    const { profiles, store } = test.services;
    const record = vote(30, 60);
    await profiles.changeComparison(MEMBER, { comparisonId: "1", record }, permit);
    const key = profileKey(MEMBER);
    await store.profiles.set(key, { ...(await store.profiles.get(key))!, stale: true });
    const other = vote(120, 40);
    await store.comparisons.set(comparisonKey(MEMBER, "1"), other);
    expect((await profiles.ownPreferences(MEMBER)).votedWords).toEqual(wordsOf(other));
  });
});
