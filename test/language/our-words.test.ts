/** Words that other rooms hold in English have a translation here. */
import { describe, expect, it } from "vitest";
import { BUILT_IN_ENCODING } from "../../models/encoder/encoding.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { STEERABLE_AXES } from "../../models/steering/steerable-axes.js";
import { allSentences, sentenceOf, WORD_TARGETS } from "../../models/steering/vocabulary.js";
import { createStyleVocabulary } from "../../models/training/axes/style-vocabulary.js";
import { AXIS_WORDS, axisEnd } from "../../src/language/axis-words.js";
import { DIRECTIVES } from "../../src/language/en/directives.js";
import type { Language } from "../../src/language/languages.js";
import { speakerOf } from "../../src/language/say.js";

describe("the ends of axes", () => {
  const axes = [
    ...createStarterModel().axes,
    ...createStyleVocabulary(BUILT_IN_ENCODING).axes,
    { low: "less of it", high: "more of it" },
  ];
  const ends = [...new Set(axes.flatMap(({ low, high }) => [low, high]))];

  it.each(["de", "es"] as const)("are all translated, and no others, in %s", (language) => {
    expect(Object.keys(AXIS_WORDS[language]).sort()).toEqual([...ends].sort());
    for (const words of Object.values(AXIS_WORDS[language])) {
      expect(words.trim()).not.toBe("");
      expect(words.length, words).toBeLessThanOrEqual(48);
    }
  });

  it("are translated one by one, and stay as they are if a language model wrote one of them", () => {
    const said = (low: string, language: Language) =>
      axisEnd({ low, high: "long" }, "low", { language });
    expect(said("short, no emoji", "de")).toBe("kurz, keine Emojis");
    expect(said("short, to the point", "de")).toBe("short, to the point");
    expect(said("short", "en")).toBe("short");
    expect(said("constructor", "es")).toBe("constructor");
  });

  it("are those that a language model wrote in the language, where it did", () => {
    const translations = { de: { low: "knapp, auf den Punkt", high: "ausladend" } };
    const axis = { low: "short, to the point", high: "long", translations };
    expect(axisEnd(axis, "low", { language: "de" })).toBe("knapp, auf den Punkt");
    expect(axisEnd(axis, "high", { language: "es" })).toBe("largas");
    expect(axisEnd(axis, "low", { language: "en" })).toBe("short, to the point");
  });
});

describe("the sentences to the language model", () => {
  const say = speakerOf("en");
  const poles = [
    [-1, "Low"],
    [1, "High"],
  ] as const;

  it("mean in English what they say", () => {
    for (const axis of STEERABLE_AXES) {
      for (const [pole, end] of poles) {
        for (const dose of [1, 2, 3] as const) {
          const sentence = sentenceOf({ axis, pole, dose, words: 60 });
          const meaning =
            axis === "length"
              ? say("directives.length", { words: 60 })
              : say(`directives.${axis}${end}${dose}`);
          expect(meaning).toBe(sentence);
        }
      }
    }
    expect(Object.keys(DIRECTIVES)).toHaveLength(allSentences().length - WORD_TARGETS.length + 1);
  });
});
