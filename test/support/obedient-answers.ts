/**
 * A language model that does literally as it is told, for tests: without the line that keeps facts as
 * they are it sacrifices them to the form.
 */
import { allSentences } from "../../models/steering/vocabulary.js";
import { FORM_ALONE } from "../../src/conversation/steering/directive-text.js";

const SENTENCES = allSentences();

export const SUBSTANCE = [
  "Water boils at 100 °C at sea level, and at about 90 °C at 3,000 m.",
  "Warning: never seal the lid, for it can burst.",
  "I am not sure about other liquids.",
];
export const REFUSAL = "I can't help with that, for somebody could be hurt.";

/** What a system message asks for, sentence by sentence. */
export function sentencesTold(system: string): string[] {
  const last = system.split("\n").at(-1)!;
  return last.split(/(?<=[.?]) /).filter((sentence) => SENTENCES.includes(sentence));
}

/** The answer to `question`; whoever asks for what is forbidden is refused. */
export function obedientAnswer(question: string, index: number, system: string): string {
  const substance = question.includes("forbidden") ? [REFUSAL] : SUBSTANCE;
  const told = sentencesTold(system);
  const words = Number(told.join(" ").match(/about (\d+) words/)?.[1] ?? 60);
  const has = (sentence: string) => told.some((one) => one.includes(sentence));
  const filler = has("formal") ? "furthermore one ought to proceed" : "so just take your time";
  const parts = [
    ...(has("joke") && !has("no joke") ? ["That is funnier than a teapot on a unicycle, ha!"] : []),
    ...(has("list") && !has("no list") ? substance.map((one) => `- **${one}**`) : substance),
    ...(has("warm") || has("friendly") ? ["Thank you so much for asking, wonderful!"] : []),
  ];
  const longer = filledTo(parts, filler, words);
  const body = system.includes(FORM_ALONE) ? longer : longer.split(" ").slice(0, words).join(" ");
  const end = has("End with") || has("Ask back if it") ? " Shall I go on?" : "";
  return `${body}${end} (${index})`;
}

function filledTo(parts: readonly string[], filler: string, words: number): string {
  const lines = [...parts];
  while (lines.join(" ").split(" ").length < words) lines.push(`${filler}.`);
  return lines.join("\n");
}
