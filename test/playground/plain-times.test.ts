import { describe, expect, it } from "vitest";
import { withPlainTimes } from "../../src/playground/screen.js";

describe("a time in Discord's form", () => {
  it.each([
    [45, "in 45 seconds"],
    [720, "in 12 minutes"],
    [721, "in 13 minutes"],
  ])("is in words in the terminal: %i seconds", (seconds, words) => {
    const text = `Please try again <t:${1_000 + seconds}:R>.`;
    expect(withPlainTimes(text, () => 1_000_000)).toBe(`Please try again ${words}.`);
  });
});
