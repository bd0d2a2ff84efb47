import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/language/languages.js";
import { speakerOf } from "../../src/language/say.js";

describe("a sentence", () => {
  it("is said in the speaker's language, in the plural that it needs", () => {
    expect(speakerOf("en")("privacy.accountAge", { days: 1 })).toContain("younger than 1 day wait");
    expect(speakerOf("en")("privacy.accountAge", { days: 14 })).toContain("younger than 14 days");
    expect(speakerOf("de")("privacy.accountAge", { days: 14 })).toContain("jünger als 14 Tage");
    expect(speakerOf("es")("privacy.accountAge", { days: 1 })).toContain("menos de 1 día");
  });

  it("writes numbers as its language does", () => {
    expect(speakerOf("en")("privacy.accountAge", { days: 12_345 })).toContain("12,345 days");
    expect(speakerOf("de")("privacy.accountAge", { days: 12_345 })).toContain("12.345 Tage");
  });

  it("holds what goes in as it is, whatever it looks like", () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), text(), (language, service) => {
        const said = speakerOf(language)("privacy.seenBy", { service });
        expect(said.endsWith(service)).toBe(true);
      }),
    );
  });

  it("is checked by the compiler: its name, its values and their kinds", () => {
    const say = speakerOf("en");
    const wrong = [
      // @ts-expect-error no such sentence
      () => say("privacy.nothing"),
      // @ts-expect-error a value is missing
      () => say("privacy.accountAge"),
      // @ts-expect-error text where a number is counted
      () => say("privacy.accountAge", { days: "many" }),
      // @ts-expect-error a value that the sentence has no place for
      () => say("privacy.service", { model: "a", host: "b", port: "c" }),
      // @ts-expect-error values for a sentence that has none
      () => say("privacy.stored", { days: 1 }),
    ];
    expect(wrong).toHaveLength(5);
  });
});

function text(): fc.Arbitrary<string> {
  const marks = fc.constantFrom(
    "{",
    "}",
    "{service}",
    "'{'",
    "$t(x)",
    "{{x}}",
    "<b>",
    "#",
    "$&",
    "|",
  );
  return fc.array(fc.oneof(fc.string(), marks)).map((parts) => parts.join(""));
}
