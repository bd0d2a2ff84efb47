import { describe, expect, it } from "vitest";
import { languageOf, spokenLanguage } from "../../src/language/languages.js";

describe("the language of a locale", () => {
  it.each([
    ["de", "de"],
    ["es-ES", "es"],
    ["es-419", "es"],
    ["en-GB", "en"],
    ["en-US", "en"],
    ["de_AT.UTF-8", "de"],
    ["ES", "es"],
  ])("of %s is %s", (locale, language) => {
    expect(spokenLanguage(locale)).toBe(language);
  });

  it.each(["fr", "C", "C.UTF-8", "POSIX", "", "eng", "des", "e", undefined, null])(
    "of %s is none of ours",
    (locale) => {
      expect(spokenLanguage(locale)).toBeUndefined();
    },
  );

  it("is that of the first locale that is one of ours, or English", () => {
    expect(languageOf("fr", undefined, "es-419", "de")).toBe("es");
    expect(languageOf("fr", "ja")).toBe("en");
    expect(languageOf()).toBe("en");
  });
});
