/**
 * Finds the prompt of the deck that a message is about, or none: an answer about something else is
 * worse than no answer. In any language: a word says as much as it is rare in the deck.
 */
import MiniSearch, { type SearchResult } from "minisearch";
import type { Deck, DeckPrompt } from "../../shared/deck/deck.js";

const WORDS_SEARCHED = 40;
const LONGEST_WORD = 24;
const WORDS = /[\p{L}\p{N}]+/gu;
/** Short words are too near to each other: "sad" is not "had". */
const SHORT = 4;
const LIKE = {
  prefix: (word: string) => word.length >= SHORT,
  fuzzy: (word: string) => word.length > SHORT && 0.2,
};
/** A prompt counts most by its own words, a little by those of its answers. */
const SEARCH = { boost: { prompt: 6 }, ...LIKE };
const PROMPT_ALONE = { fields: ["prompt"], ...LIKE };
/** The share of what the message says that a near prompt says as well. */
const NEAR = 0.9;
/** The same if the word that says most is among it. */
const NEAR_BY_RAREST = 0.75;

export class DeckSearch {
  readonly #index = new MiniSearch({ fields: ["prompt", "answers"] });
  readonly #prompts: ReadonlyMap<string, DeckPrompt>;
  /** In how many prompts with their answers each word stands. */
  readonly #spread = new Map<string, number>();

  constructor(deck: Deck) {
    this.#prompts = new Map(deck.prompts.map((prompt) => [prompt.id, prompt]));
    for (const { id, prompt, answers } of deck.prompts) {
      const answered = answers.map(({ text }) => text).join(" ");
      this.#index.add({ id, prompt, answers: answered });
      for (const word of wordsOf(`${prompt} ${answered}`)) {
        this.#spread.set(word, (this.#spread.get(word) ?? 0) + 1);
      }
    }
  }

  get prompts(): DeckPrompt[] {
    return [...this.#prompts.values()];
  }

  /** How many of the words of `text` stand in the deck. */
  wordsKnown(text: string): number {
    return searchedWords(text).filter((word) => this.#spread.has(word)).length;
  }

  /** The prompt that `text` is about; undefined where none is near. */
  near(text: string): DeckPrompt | undefined {
    const words = searchedWords(text);
    const [best] = this.#index
      .search(words.join(" "), PROMPT_ALONE)
      .map((result) => ({ result, share: this.#shareOf(result, words) }))
      .sort(
        (first, second) => second.share - first.share || second.result.score - first.result.score,
      );
    if (best === undefined) return undefined;
    const least = this.#hasRarest(best.result, words) ? NEAR_BY_RAREST : NEAR;
    return best.share >= least ? this.#prompts.get(best.result.id as string) : undefined;
  }

  /** At most `count` prompts, the nearest ones to `text` first; nothing where nothing is shared. */
  nearest(text: string, count: number): DeckPrompt[] {
    const found = this.#index.search(searchedWords(text).join(" "), SEARCH).slice(0, count);
    return found.map(({ id }) => this.#prompts.get(id as string)!);
  }

  /** How much of what `words` say is found in `result`, 0 to 1. */
  #shareOf(result: SearchResult, words: readonly string[]): number {
    const weight = (some: readonly string[]) =>
      some.reduce((sum, word) => sum + this.#says(word), 0);
    const all = weight(words);
    return all === 0 ? 0 : weight(result.queryTerms) / all;
  }

  #hasRarest({ queryTerms }: SearchResult, words: readonly string[]): boolean {
    const rarest = Math.max(...words.map((word) => this.#says(word)));
    return queryTerms.some((word) => this.#says(word) === rarest);
  }

  /** What a word says, in nats: nothing where all prompts have it, most where none has. */
  #says(word: string): number {
    return Math.log((this.#prompts.size + 1) / ((this.#spread.get(word) ?? 0) + 1));
  }
}

/** Each word is looked up with its misspellings, so that a few tell what a message is about. */
function searchedWords(text: string): string[] {
  const words = [...wordsOf(text)].filter(({ length }) => length <= LONGEST_WORD);
  return words.slice(0, WORDS_SEARCHED);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(WORDS) ?? []);
}
