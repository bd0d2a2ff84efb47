/**
 * The names and descriptions of commands in the languages other than English, which stands in each
 * command's own definition. By path: `profile`, `profile view`, `profile export where`, and for a
 * choice its value behind that, `profile export where here`.
 */
import { COMMAND_WORDS as GERMAN } from "./de/command-words.js";
import { COMMAND_WORDS as SPANISH } from "./es/command-words.js";
import type { Language } from "./languages.js";
import type { CommandWords } from "./translated.js";

export const COMMAND_WORDS: Readonly<Record<Exclude<Language, "en">, CommandWords>> = {
  de: GERMAN,
  es: SPANISH,
};
