/** A sentence that names a command names it as the member's Discord does. */
import { describe, expect, it } from "vitest";
import { CATALOGUES } from "../../src/language/catalogues.js";
import { COMMAND_WORDS } from "../../src/language/command-words.js";
import { type MessageKey, messageOf } from "../../src/language/say.js";

const KEYS = Object.entries(CATALOGUES.en).flatMap(([room, sentences]) =>
  Object.keys(sentences).map((name) => `${room}.${name}` as MessageKey),
);
const MENTION = /`\/([\p{L}\p{N} -]+)`/gu;

describe.each(["de", "es"] as const)("the commands that sentences name in %s", (language) => {
  it("are those that the English ones name", () => {
    for (const key of KEYS) {
      const wanted = mentionsIn(messageOf("en", key)).map((path) => named(path));
      expect(mentionsIn(messageOf(language, key)).sort(), key).toEqual(wanted.sort());
    }
  });

  it("say entries of menus as the menus have them", () => {
    for (const key of KEYS) {
      for (const [entry, [name]] of Object.entries(COMMAND_WORDS[language])) {
        if (!/^[A-Z]/.test(entry) || !messageOf("en", key).includes(`“${entry}”`)) continue;
        expect(messageOf(language, key), key).toContain(name);
      }
    }
  });

  /** `profile view` as its words are in the language. */
  function named(path: string): string {
    const steps = path.split(" ");
    return steps
      .map((_, at) => {
        const step = steps.slice(0, at + 1).join(" ");
        const words = COMMAND_WORDS[language][step];
        expect(words, `${step} is no command`).toBeDefined();
        return words![0];
      })
      .join(" ");
  }
});

function mentionsIn(message: string): string[] {
  return [...message.matchAll(MENTION)].map(([, path]) => path!);
}
