/** What the terminal and its commands share: the services they run on, and the keys of an answer. */
import type { Services } from "../compose.js";
import type { Say } from "../language/say.js";
import type { Deck } from "../shared/deck/deck.js";
import type { Choice } from "../store/records.js";
import type { Keyboard } from "./keyboard.js";
import type { Screen } from "./screen.js";

/** What the keys for two answers mean. */
export const CHOICE_KEYS: Readonly<Record<string, Choice | "skip">> = {
  a: "a",
  b: "b",
  t: "tie",
  n: "neither",
  s: "skip",
};

/** The terminal, with the services of these names. */
export interface TerminalWith<Names extends keyof Services> {
  readonly services: Pick<Services, Names>;
  readonly deck: Deck;
  readonly guildId: string;
  readonly usesDeck: boolean;
  readonly keyboard: Keyboard;
  readonly screen: Screen;
  /** Says sentences in the language of the terminal. */
  readonly say: Say;
}

/** The terminal with everything that it and its commands call. */
export type TerminalOptions = TerminalWith<keyof Services>;

/** Whether the conversation goes on; false if the input has ended. */
export type GoesOn = boolean;
