import { describe, expect, it } from "vitest";
import { CHOICE_EMOJI, CHOICES, choiceOfEmoji } from "../../src/ballots/choices.js";

describe("the reactions of a ballot", () => {
  it.each(CHOICES)("%s is known by its emoji, with or without a variation selector", (choice) => {
    const emoji = CHOICE_EMOJI[choice];
    expect(choiceOfEmoji(emoji)).toBe(choice);
    expect(choiceOfEmoji(emoji.replaceAll("\ufe0f", ""))).toBe(choice);
  });

  it("any other emoji is no vote", () => {
    for (const emoji of ["👍", "🇦", "", "a"]) expect(choiceOfEmoji(emoji)).toBeUndefined();
  });
});
