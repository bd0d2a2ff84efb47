/** Every translation says all that the English says: with the same values, in all plural forms. */
import {
  isArgumentElement,
  isLiteralElement,
  isNumberElement,
  isPluralElement,
  isPoundElement,
  isSelectElement,
  type MessageFormatElement,
  parse,
} from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { CATALOGUES, type Room } from "../../src/language/catalogues.js";
import { LANGUAGES, type Language } from "../../src/language/languages.js";
import { type MessageKey, messageOf } from "../../src/language/say.js";

const KEYS = Object.entries(CATALOGUES.en).flatMap(([room, sentences]) =>
  Object.keys(sentences).map((name) => `${room}.${name}` as MessageKey),
);
/** Members are not counted in millions, where Spanish has a form of its own. */
const COUNTED = Array.from({ length: 1_001 }, (_, number) => number);

describe.each(LANGUAGES)("the catalogue in %s", (language) => {
  it("has every sentence of the English one, and no other", () => {
    for (const [room, sentences] of Object.entries(CATALOGUES.en)) {
      const translated = CATALOGUES[language][room as Room];
      expect(Object.keys(translated).sort(), room).toEqual(Object.keys(sentences).sort());
    }
  });

  it("can say each sentence, with the values that the English one has", () => {
    for (const key of KEYS) {
      const message = messageOf(language, key);
      expect(message.trim(), `${key} says nothing`).not.toBe("");
      expect(argumentsOf(message), key).toEqual(argumentsOf(messageOf("en", key)));
    }
  });

  it("has each plural form that the language knows", () => {
    for (const key of KEYS) {
      for (const element of allElements(elementsOf(messageOf(language, key)))) {
        if (!isPluralElement(element)) continue;
        const given = Object.keys(element.options).filter((form) => !form.startsWith("="));
        expect(given.sort(), `${key}: ${element.value}`).toEqual(pluralForms(language));
      }
    }
  });

  it("holds no slip of the hand", () => {
    for (const key of KEYS) {
      const message = messageOf(language, key);
      // An apostrophe before a brace would make a letter of it.
      expect(message, key).not.toMatch(/'[{}#|]/);
      expect(message, key).not.toMatch(/\t| {2}/);
    }
  });
});

function elementsOf(message: string): MessageFormatElement[] {
  return parse(message, { ignoreTag: true });
}

function allElements(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.flatMap((element) => {
    const inner =
      isPluralElement(element) || isSelectElement(element)
        ? Object.values(element.options).flatMap(({ value }) => allElements(value))
        : [];
    return [element, ...inner];
  });
}

/** The name and kind of each value that a sentence needs, and the branches of those that choose. */
function argumentsOf(message: string): string[] {
  const found = allElements(elementsOf(message)).flatMap((element) => {
    if (isLiteralElement(element) || isPoundElement(element)) return [];
    if (isSelectElement(element)) {
      return [`${element.value} of ${Object.keys(element.options).sort().join(", ")}`];
    }
    if (isArgumentElement(element)) return [`${element.value}`];
    if (isNumberElement(element) || isPluralElement(element)) return [`${element.value}: number`];
    return [`unknown kind ${element.type}`];
  });
  return [...new Set(found)].sort();
}

function pluralForms(language: Language): string[] {
  const rules = new Intl.PluralRules(language);
  return [...new Set(COUNTED.map((number) => rules.select(number)))].sort();
}
