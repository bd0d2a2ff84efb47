import { describe, expect, it } from "vitest";
import { encodeResponses, FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { STYLE_STATISTICS, type StyleStatistic } from "../../../models/encoder/style-statistics.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { nameAxes } from "../../../models/training/axes/name-axes.js";
import { loadDeck } from "../../../src/shared/deck/deck.js";

const answers = loadDeck().prompts.flatMap(({ answers: own }) => own.map(({ text }) => text));
const responses = [...answers, ...answers.filter((_, at) => at % 3 === 0).map(asList)];

describe("the names of learned base rewards", () => {
  it("are those of the starter axes that they resemble, with the ends the right way round", () => {
    const [long, short] = nameAxes(
      learned({ logWords: 2, logCharacters: 1 }, { logWords: -1 }),
      pooled(),
      createStarterModel(),
    );
    expect(long).toEqual({ name: "length", low: "short", high: "long" });
    expect(short).toMatchObject({ low: "long", high: "short" });
    expect(short!.name).not.toBe(long!.name);
  });

  it("join two axes where both matter", () => {
    const [both] = nameAxes(
      learned({ questions: 1, courtesyWords: -1 }),
      pooled(),
      createStarterModel(),
    );
    expect(both!.name.split(" and ").sort()).toEqual(["elicitation", "politeness"]);
    expect(both!.high.split(", ").sort()).toEqual(["asks back", "blunt"]);
  });

  it("are the words of a style statistic where no starter axis says as much", () => {
    const [lists, code] = nameAxes(
      learned({ listItems: 1 }, { codeFences: -1 }),
      pooled(),
      createStarterModel(),
    );
    expect(lists).toMatchObject({
      name: "lists",
      low: "running text",
      high: "lists",
    });
    expect(code).toMatchObject({ name: "code", low: "code", high: "no code" });
  });

  it("are numbers where a base reward resembles nothing that has a word", () => {
    const [taste] = nameAxes(learned({}), pooled(), createStarterModel());
    expect(taste).toEqual({ name: "taste 1", low: "less of it", high: "more of it" });
  });
});

/** A model with one base reward for each of the sums of style statistics. */
function learned(...sums: Partial<Record<StyleStatistic, number>>[]): BaseRewardModel {
  const weights = new Float32Array(sums.length * FEATURE_COUNT);
  sums.forEach((sum, axis) => {
    for (const [statistic, weight] of Object.entries(sum)) {
      const feature = STYLE_STATISTICS.indexOf(statistic as StyleStatistic);
      weights[axis * FEATURE_COUNT + feature] = weight;
    }
  });
  return { ...createStarterModel(), version: "learned", rank: sums.length, weights, axes: [] };
}

/** Every response beside the next one. */
function pooled() {
  const features = encodeResponses(responses);
  const count = Math.floor(responses.length / 2);
  const featuresA = features.subarray(0, count * FEATURE_COUNT);
  const featuresB = features.subarray(count * FEATURE_COUNT, 2 * count * FEATURE_COUNT);
  const ones = new Float32Array(count).fill(1);
  const base = { count, featuresA, featuresB, outcomes: ones, positions: ones, weights: ones };
  return { ...base, members: 1, memberOf: new Int32Array(count) };
}

function asList(text: string): string {
  return text.replace(/(^|[.!?] )/g, "$1\n- ");
}
