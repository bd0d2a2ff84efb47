import { describe, expect, it } from "vitest";
import { speakerOf } from "../../src/language/say.js";
import { axisBars, profileText } from "../../src/members/profile-text.js";

const length = { name: "length", low: "short", high: "long" };
const humour = { name: "humour", low: "sober", high: "funny" };

describe("a profile in words", () => {
  it("says that there are no votes yet", () => {
    expect(profileText({ votes: 0, nudges: 0, leanings: [] }, speakerOf("en"))).toMatch(
      /haven't voted so far/,
    );
  });

  it("names the preferred end, how sure that is, and what is still open", () => {
    const text = profileText(
      {
        votes: 14,
        nudges: 0,
        leanings: [
          {
            axis: length,
            weight: -1.2,
            standardDeviation: 0.4,
            priorDeviation: 1,
            certainty: 0.998,
          },
          {
            axis: humour,
            weight: 0.05,
            standardDeviation: 0.8,
            priorDeviation: 1,
            certainty: 0.52,
          },
        ],
      },
      speakerOf("en"),
    );
    expect(text).toContain("answers that are **short**; almost certain after 14 votes.");
    expect(text).toContain("Still open: sober or funny.");
    expect(text).not.toContain("**long**");
  });

  it("draws each axis with its mark inside of what is uncertain", () => {
    const bars = axisBars(
      {
        votes: 1,
        nudges: 0,
        leanings: [
          { axis: length, weight: 0.5, standardDeviation: 0.25, priorDeviation: 1, certainty: 0.9 },
        ],
      },
      speakerOf("en"),
    );
    expect(bars).toMatch(/short ─+┼─+═*●═*─+ long/);
  });
});
