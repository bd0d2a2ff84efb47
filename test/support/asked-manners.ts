/** What requests to the language model asked for, and what they cost. */
import { expect } from "vitest";
import { allSentences } from "../../models/steering/vocabulary.js";
import { FORM_ALONE } from "../../src/conversation/steering/directive-text.js";
import type { ChatRequest } from "./loopback-openai.js";
import { sentencesTold } from "./obedient-answers.js";

/** The sentences in all of `requests`, each once. */
export function toldIn(requests: readonly ChatRequest[]): string[] {
  const systems = requests.map(({ messages }) => messages[0]!.content);
  const told = new Set(systems.flatMap(sentencesTold));
  // Nothing but the table's sentences ever follows the line.
  for (const system of systems) {
    const [, rest = ""] = system.split(`${FORM_ALONE}\n`);
    const sentences = rest === "" ? [] : rest.split(/(?<=[.?]) /);
    expect(sentences.filter((one) => !allSentences().includes(one))).toEqual([]);
  }
  return [...told];
}

/** Requests, and the answers that they asked for. */
export function costOf(requests: readonly ChatRequest[]): { requests: number; answers: number } {
  const answers = requests.reduce((sum, { n = 1 }) => sum + n, 0);
  return { requests: requests.length, answers };
}
