import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandomGenerator, shuffled } from "../../../models/algebra/random.js";
import {
  encodeResponse,
  encodeResponses,
  FEATURE_COUNT,
  STYLE_FEATURE_COUNT,
} from "../../../models/encoder/encoder.js";
import { dequantiseFeatures, quantiseFeatures } from "../../../models/encoder/quantisation.js";
import { STYLE_STATISTICS } from "../../../models/encoder/style-statistics.js";
import { computeBaseRewards, ModelShapeError } from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { loadDeck, type StyleAxis } from "../../../src/shared/deck/deck.js";
import { arbitraryText } from "../../support/arbitrary-text.js";

const starter = createStarterModel();

describe("the encoder", () => {
  it("takes any text, gives finite bounded features, always the same", () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        const features = encodeResponse(text);
        expect(features).toHaveLength(FEATURE_COUNT);
        for (const feature of features) expect(Math.abs(feature)).toBeLessThanOrEqual(4);
        expect(encodeResponse(text)).toEqual(features);
      }),
    );
  });

  it("takes a very long text, an empty one, and many at once", () => {
    const texts = ["", "x".repeat(1_000_000), "Hello there!"];
    const all = encodeResponses(texts);
    texts.forEach((text, row) => {
      const own = all.subarray(row * FEATURE_COUNT, (row + 1) * FEATURE_COUNT);
      expect(own).toEqual(encodeResponse(text));
    });
  });

  it.each([
    ["marks", "?!".repeat(50_000)],
    ["backticks", "`".repeat(100_000)],
    ["stars and blanks", "* ".repeat(50_000)],
    ["halves of surrogate pairs", "\ud83d".repeat(100_000)],
    ["blanks", " ".repeat(100_000)],
    ["apostrophes", "a'".repeat(50_000)],
    ["emoji", "👩🏽‍🚀".repeat(20_000)],
  ])("reads only the beginning of a very long text of %s", (_, text) => {
    const features = encodeResponse(text);
    expect(features).toEqual(encodeResponse(text.slice(0, 20_000)));
    for (const feature of features) expect(Math.abs(feature)).toBeLessThanOrEqual(4);
  });

  it.each([
    ["questions", "Das ist gut.", "Ist das gut?"],
    ["questions", "هذا جيد.", "هل هذا جيد؟"],
    ["exclamations", "很好。", "很好！"],
    ["logWords", "Да.", "Да, и вот почему: это самый простой путь."],
    ["logWords", "好。", "好，因为这是最简单的办法。"],
    ["commas", "赤と青", "赤、青、緑"],
    ["quotes", "Он сказал да", "Он сказал «да»"],
    ["emoji", "Bonne idée", "Bonne idée 🎉"],
    ["nonLatin", "Straße", "улица"],
    ["listItems", "Eau, sel.", "- Eau\n- Sel"],
    ["contractions", "it is", "it’s"],
  ] as const)("finds fewer %s in %j than in %j, in any language", (name, low, high) => {
    const at = STYLE_STATISTICS.indexOf(name);
    expect(encodeResponse(high)[at]!).toBeGreaterThan(encodeResponse(low)[at]!);
  });

  it("stores a comparison in less than a kilobyte and varies in every feature", () => {
    const bytesOfBase64 = 4 * Math.ceil(FEATURE_COUNT / 3);
    expect(2 * bytesOfBase64).toBeLessThan(1_000);
    expect(STYLE_FEATURE_COUNT).toBe(STYLE_STATISTICS.length);
    const markdown =
      "# A\n\n**B** (C) https://d.e...\n\n- f: 1\n- привет 🎉 as-if OK unable Nation haaa 😂";
    const texts = loadDeck().prompts.flatMap(({ answers }) => answers.map(({ text }) => text));
    const all = encodeResponses([markdown, ...texts]);
    const constant = Array.from({ length: FEATURE_COUNT }, (_, feature) => feature).filter(
      (feature) =>
        all.every((value, at) => at % FEATURE_COUNT !== feature || value === all[feature]),
    );
    expect(constant.map((feature) => STYLE_STATISTICS[feature] ?? feature)).toEqual([]);
  });

  it("survives a byte for each feature", () => {
    for (const { answers } of loadDeck().prompts.slice(0, 4)) {
      const features = encodeResponse(answers[0]!.text);
      const quantised = quantiseFeatures(features);
      const back = dequantiseFeatures(quantised);
      for (let at = 0; at < features.length; at++) {
        const error = Math.abs(back[at]! - features[at]!);
        expect(error).toBeLessThanOrEqual(quantised.scale * 0.501);
      }
    }
    expect(dequantiseFeatures(quantiseFeatures(new Float32Array(3)))).toEqual(new Float32Array(3));
    expect(() => quantiseFeatures(Float32Array.from([Number.NaN]))).toThrow(/not finite/);
  });
});

describe("the starter base rewards", () => {
  it.each([
    [
      "length",
      "Yes.",
      "Yes. Let me say at some length why, with every step of the way told in turn.",
    ],
    ["formality", "yeah it's gonna be fine, don't worry", "It is therefore advisable to proceed."],
    [
      "humour",
      "The train leaves at nine.",
      "The train leaves at nine, haha, unless it overslept 😄",
    ],
    ["elicitation", "Use a sieve.", "Use a sieve. What kind of flour do you have?"],
    ["enthusiasm", "That is good.", "That is amazing! Wonderful! I love it!"],
    ["politeness", "Read the manual.", "Please read the manual, thank you. I hope this helps."],
    ["confidence", "I think it might perhaps work.", "It will definitely always work, certainly."],
  ])("tell two ends of %s apart", (name, low, high) => {
    const axis = starter.axes.findIndex((one) => one.name === name);
    const baseRewards = computeBaseRewards(starter, encodeResponses([low, high]));
    expect(baseRewards[starter.rank + axis]!).toBeGreaterThan(baseRewards[axis]! + 0.3);
  });

  it.each([
    ["length", 0.99],
    ["formality", 0.99],
    ["humour", 0.65],
    ["elicitation", 0.99],
    ["enthusiasm", 0.99],
    ["politeness", 0.99],
    ["confidence", 0.99],
  ] as const)("order the deck's answers by %s as their authors did, AUC over %d", (name, least) => {
    const answers = loadDeck().prompts.flatMap((prompt) => prompt.answers);
    const baseRewards = computeBaseRewards(starter, encodeResponses(answers.map((a) => a.text)));
    const axis = starter.axes.findIndex((one) => one.name === name);
    const valuesOf = (label: number) =>
      answers.flatMap(({ style }, row) =>
        style[name as StyleAxis] === label ? [baseRewards[row * starter.rank + axis]!] : [],
      );
    expect(areaUnderCurve(valuesOf(1), valuesOf(-1))).toBeGreaterThan(least);
  });

  it("refuse features that are not theirs", () => {
    expect(() => computeBaseRewards(starter, new Float32Array(10))).toThrow(ModelShapeError);
  });
});

/** How often a value of `high` is above one of `low`, ties half. */
function areaUnderCurve(high: readonly number[], low: readonly number[]): number {
  let above = 0;
  for (const one of high) for (const other of low) above += (Math.sign(one - other) + 1) / 2;
  return above / (high.length * low.length);
}

describe("random numbers", () => {
  it("repeat with their seed and fill [0, 1) evenly", () => {
    const [first, second] = [createRandomGenerator(7), createRandomGenerator(7)];
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 20_000; draw++) {
      const value = first();
      expect(second()).toBe(value);
      bins[Math.floor(value * 10)]!++;
    }
    for (const count of bins) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });

  it("shuffle without losing anything", () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const result = shuffled(items, createRandomGenerator(1));
    expect(result).not.toEqual(items);
    expect([...result].sort()).toEqual(items);
  });
});
