/** What came of the requests for one answer so far, each text with the slot that it was written for. */
import type { ChatCompletion } from "openai/resources/chat/completions";
import type { Slot } from "../../../models/steering/spread.js";
import { answerOfChoice } from "../answer-text/answer-text.js";

const MAXIMUM_CHARACTERS = 20_000;

type Texts = Map<string, Slot | undefined>;

export interface Harvest {
  readonly texts: Texts;
  /** Those whose end is missing: better than nothing. */
  readonly truncated: Texts;
  declined: boolean;
  /** How the last choice without a text ended, in the server's word. */
  emptyReason: string | undefined;
  error: unknown;
}

export function emptyHarvest(): Harvest {
  return {
    texts: new Map(),
    truncated: new Map(),
    declined: false,
    emptyReason: undefined,
    error: undefined,
  };
}

export function sizeOf({ texts, truncated }: Harvest): number {
  return texts.size + truncated.size;
}

/** Adds the answers in `completion`, which were written for `slot`. */
export function gather(completion: ChatCompletion, slot: Slot | undefined, harvest: Harvest): void {
  for (const choice of completion.choices) {
    const answer = answerOfChoice(choice);
    if (answer.kind === "declined") harvest.declined = true;
    else if (answer.kind === "none") harvest.emptyReason = answer.end;
    else if (answer.isCut) add(harvest.truncated, `${cut(answer.text)}…`, slot);
    else add(harvest.texts, cut(answer.text), slot);
  }
}

/** Some servers send more than they were asked for, and all of it would be scored. */
export function firstOf(harvest: Harvest, count: number): Harvest {
  const first = (texts: Texts) => new Map([...texts].slice(0, count));
  return { ...harvest, texts: first(harvest.texts), truncated: first(harvest.truncated) };
}

/** All of `harvests` as one, the first ones first. */
export function merged(harvests: readonly Harvest[]): Harvest {
  const all = emptyHarvest();
  for (const { texts, truncated, declined, emptyReason, error } of harvests) {
    for (const [text, slot] of texts) add(all.texts, text, slot);
    for (const [text, slot] of truncated) add(all.truncated, text, slot);
    all.declined ||= declined;
    all.emptyReason = emptyReason ?? all.emptyReason;
    all.error ??= error;
  }
  return all;
}

/** Whoever wrote it first has written it. */
function add(texts: Texts, text: string, slot: Slot | undefined): void {
  if (!texts.has(text)) texts.set(text, slot);
}

/** Not within a character. */
function cut(text: string): string {
  return text.slice(0, MAXIMUM_CHARACTERS).replace(/[\ud800-\udbff]$/, "");
}
