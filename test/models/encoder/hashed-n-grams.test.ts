import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeHashedNGrams } from "../../../models/encoder/hashed-n-grams.js";
import { tokenise } from "../../../models/encoder/tokenise.js";
import { arbitraryText } from "../../support/arbitrary-text.js";

const BUCKETS = 32;

function nGrams(text: string): Float32Array {
  const features = new Float32Array(BUCKETS);
  writeHashedNGrams(tokenise(text), features, 0, BUCKETS);
  return features;
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, one, at) => sum + one * y[at]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe("hashed n-grams", () => {
  it("have unit mean square before the bound, and are zero without words", () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        const features = nGrams(text);
        const square = features.reduce((sum, one) => sum + one ** 2, 0) / BUCKETS;
        const clipped = features.some((one) => Math.abs(one) === 4);
        if (tokenise(text).words === 0) expect(square).toBe(0);
        else if (!clipped) expect(square).toBeCloseTo(1, 4);
      }),
    );
  });

  it("know words, not marks, case or layout", () => {
    expect(nGrams("Tea, please: DON’T wait!")).toEqual(nGrams("tea please\n\n- don't *wait*"));
    expect(nGrams("tea please")).not.toEqual(nGrams("please tea"));
  });

  it.each([
    ["Der Tee zieht noch, bitte warte.", "Bitte warte, der Tee zieht noch kurz.", "Zug fährt ab"],
    ["Чай ещё заваривается.", "Чай ещё заваривается, жди.", "Поезд уходит"],
    ["茶还在泡，请稍等。", "请稍等，茶还在泡。", "火车开走了"],
  ])("put %j nearer to %j than to %j", (text, near, far) => {
    expect(cosine(nGrams(text), nGrams(near))).toBeGreaterThan(cosine(nGrams(text), nGrams(far)));
  });

  it("leave the other features alone", () => {
    const features = new Float32Array(10).fill(7);
    writeHashedNGrams(tokenise("some words"), features, 3, 4);
    expect([...features].filter((one) => one === 7)).toHaveLength(6);
    expect(features[2]).toBe(7);
    expect(features[7]).toBe(7);
  });
});
