import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeBaseRewards, ModelShapeError } from "../../models/base-rewards.js";
import { encodeResponse, encodeResponses, FEATURE_COUNT } from "../../models/encoder.js";
import { dequantiseFeatures, quantiseFeatures } from "../../models/quantisation.js";
import { createRandomGenerator, shuffled } from "../../models/random.js";
import { createStarterModel } from "../../models/starter.js";
import { loadDeck, type StyleAxis } from "../../src/chat/deck.js";

const starter = createStarterModel();

describe("the encoder", () => {
  it("takes any text, gives finite bounded features, always the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (text) => {
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

  it("follow the labels of the deck's authors on every axis", () => {
    const answers = loadDeck().prompts.flatMap((prompt) => prompt.answers);
    const baseRewards = computeBaseRewards(starter, encodeResponses(answers.map((a) => a.text)));
    starter.axes.forEach(({ name }, axis) => {
      const mean = (label: number) => {
        const rows = answers.flatMap(({ style }, row) =>
          style[name as StyleAxis] === label ? [baseRewards[row * starter.rank + axis]!] : [],
        );
        return rows.reduce((sum, value) => sum + value, 0) / rows.length;
      };
      expect(mean(1)).toBeGreaterThan(mean(-1));
    });
  });

  it("refuse features that are not theirs", () => {
    expect(() => computeBaseRewards(starter, new Float32Array(10))).toThrow(ModelShapeError);
  });
});

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
