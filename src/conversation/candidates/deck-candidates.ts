/** Candidates from the bundled deck, for a demonstration without a language model. */
import MiniSearch from "minisearch";
import { type RandomGenerator, shuffled } from "../../../models/algebra/random.js";
import { encodeResponses, FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { obedientRows, styledTexts } from "../../../models/steering/nearest-style.js";
import type { Slot } from "../../../models/steering/spread.js";
import type { Deck, DeckPrompt } from "../../shared/deck/deck.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";

/** A prompt counts most by its own words, a little by those of its answers. */
const WORDS_SEARCHED = 40;
const LONGEST_WORD = 24;
const SEARCH = { boost: { prompt: 6 }, prefix: true, fuzzy: 0.2 };

export class DeckCandidates implements CandidateSource {
  readonly #index: MiniSearch;
  readonly #prompts: ReadonlyMap<string, DeckPrompt>;

  constructor(
    deck: Deck,
    private readonly random: RandomGenerator,
  ) {
    this.#prompts = new Map(deck.prompts.map((prompt) => [prompt.id, prompt]));
    this.#index = new MiniSearch({ fields: ["prompt", "answers"] });
    this.#index.addAll(
      deck.prompts.map(({ id, prompt, answers }) => ({
        id,
        prompt,
        answers: answers.map(({ text }) => text).join(" "),
      })),
    );
  }

  /**
   * Some of the answers to the prompt nearest to the last turn. The deck obeys: for each slot it gives
   * the answer whose style is nearest to what is asked for. Never fails.
   */
  async generate({ history, count, slots }: CandidateRequest): Promise<GeneratedCandidates> {
    const { prompt, answers } = this.nearestPrompt(history.at(-1)?.text ?? "");
    const texts = shuffled(
      answers.map(({ text }) => text),
      this.random,
    );
    const chosen = slots === undefined ? texts.slice(0, count) : obedientTexts(texts, slots);
    const failed = count - chosen.length;
    const written = slots?.slice(0, chosen.length);
    return { texts: chosen, ...(written && { slots: written }), failed, demonstration: prompt };
  }

  /** The prompt that shares most with `text`; any prompt where nothing is shared. */
  nearestPrompt(text: string): DeckPrompt {
    const [nearest] = this.#index.search(searchedWords(text), SEARCH);
    const prompts = [...this.#prompts.values()];
    const found = nearest && this.#prompts.get(nearest.id as string);
    return found ?? prompts[Math.floor(this.random() * prompts.length)]!;
  }
}

/** One text for each slot, while there are any left; the first of them where nothing is asked for. */
function obedientTexts(texts: readonly string[], slots: readonly Slot[]): string[] {
  const styled = styledTexts(encodeResponses(texts), FEATURE_COUNT);
  return obedientRows(styled, [...texts.keys()], slots).map((row) => texts[row]!);
}

/** Each word is looked up with its misspellings, so that a few tell what a message is about. */
function searchedWords(text: string): string {
  const words = new Set(text.toLowerCase().split(/\s+/));
  const searched = [...words].filter(({ length }) => length <= LONGEST_WORD);
  return searched.slice(0, WORDS_SEARCHED).join(" ");
}
