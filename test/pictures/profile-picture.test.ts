import { describe, expect, it } from "vitest";
import { BUILT_IN_ENCODING } from "../../models/encoder/encoding.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { createStyleVocabulary } from "../../models/training/axes/style-vocabulary.js";
import { LANGUAGES } from "../../src/language/languages.js";
import { speakerOf } from "../../src/language/say.js";
import { profilePicture } from "../../src/pictures/profile-picture.js";
import { renderPng } from "../../src/pictures/render.js";
import { fitLines } from "../../src/pictures/svg.js";

const WIDTH = 1_000;
const BORDER = 20;
/** DejaVu Sans is narrower than this on average, in its bold form as well. */
const LETTER = { plain: 0.58, bold: 0.66 };

describe.each(LANGUAGES)("the picture of a profile in %s", (language) => {
  const axes = [
    ...createStarterModel().axes,
    ...createStyleVocabulary(BUILT_IN_ENCODING).axes,
    { name: "both", low: "question after question, long last sentence", high: "lists, emoji" },
  ];
  const leanings = axes.map((axis, at) => ({
    axis,
    weight: at % 2 === 0 ? -1.5 : 1.5,
    standardDeviation: 0.4,
    priorDeviation: 1,
    certainty: at % 3 === 0 ? 0.6 : 0.97,
  }));

  it.each([false, true])("keeps every word inside, with an average: %s", (hasAverage) => {
    const average = hasAverage ? { average: leanings.map(() => 0) } : {};
    const svg = profilePicture({ votes: 3, nudges: 0, leanings, ...average }, speakerOf(language));
    for (const { x, size, anchor, bold, content } of textsIn(svg)) {
      const width = content.length * size * (bold ? LETTER.bold : LETTER.plain);
      const [left, right] = anchor === "end" ? [x - width, x] : [x, x + width];
      expect(left, content).toBeGreaterThanOrEqual(BORDER);
      expect(right, content).toBeLessThanOrEqual(WIDTH - BORDER);
    }
  });

  it("can be drawn", async () => {
    const svg = profilePicture({ votes: 3, nudges: 0, leanings }, speakerOf(language));
    const png = await renderPng(svg);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
  });
});

describe("lines that fit", () => {
  it("end without a comma before the ellipsis", () => {
    const style = { size: 20 };
    expect(fitLines("one two, three four", 100, style, 2)).toEqual(["one two,", "three…"]);
    expect(fitLines("one two, three", 100, style, 1)).toEqual(["one two…"]);
  });
});

function textsIn(svg: string) {
  const pattern =
    /<text x="([\d.]+)" y="[\d.]+" font-family="[^"]+" font-size="(\d+)" text-anchor="(\w+)" fill="[^"]+"( font-weight="bold")?>([^<]*)</g;
  return [...svg.matchAll(pattern)].map(([, x, size, anchor, bold, content]) => ({
    x: Number(x),
    size: Number(size),
    anchor,
    bold: bold !== undefined,
    content: content!,
  }));
}
