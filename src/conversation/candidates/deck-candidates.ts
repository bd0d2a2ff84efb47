/**
 * Candidates from the bundled decks, for a demonstration without a language model: from the one in whose
 * language the message is.
 */
import { type RandomGenerator, shuffled } from "../../../models/algebra/random.js";
import { encodeResponses, FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { obedientRows, styledTexts } from "../../../models/steering/nearest-style.js";
import type { Slot } from "../../../models/steering/spread.js";
import type { Deck } from "../../shared/deck/deck.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import { DeckSearch } from "./deck-search.js";
import { NothingNearError } from "./nothing-near-error.js";

/** What is offered where nothing is near. */
const OFFERS = 3;

export class DeckCandidates implements CandidateSource {
  readonly #searches: readonly DeckSearch[];

  /** If a message is as near to two decks, the first of them answers. */
  constructor(
    decks: readonly Deck[],
    private readonly random: RandomGenerator,
  ) {
    this.#searches = decks.map((deck) => new DeckSearch(deck));
  }

  /**
   * Some of the answers to the prompt that the last turn is about. The deck obeys: for each slot it gives
   * the answer whose style is nearest to what is asked for. Throws {@link NothingNearError}.
   */
  async generate({ history, count, slots }: CandidateRequest): Promise<GeneratedCandidates> {
    const text = history.at(-1)?.text ?? "";
    const searches = this.#byLanguageOf(text);
    const near = firstOf(searches, (search) => search.near(text));
    if (near === undefined) throw new NothingNearError(this.#offersFor(text, searches[0]!));
    const { prompt, answers } = near;
    const texts = shuffled(
      answers.map(({ text }) => text),
      this.random,
    );
    const chosen = slots === undefined ? texts.slice(0, count) : obedientTexts(texts, slots);
    const failed = count - chosen.length;
    const written = slots?.slice(0, chosen.length);
    return { texts: chosen, ...(written && { slots: written }), failed, demonstration: prompt };
  }

  /** The deck that knows most of the words of `text` first. */
  #byLanguageOf(text: string): DeckSearch[] {
    return this.#searches
      .map((search) => ({ search, known: search.wordsKnown(text) }))
      .sort((first, second) => second.known - first.known)
      .map(({ search }) => search);
  }

  /** The nearest prompts, and any others where those are too few. */
  #offersFor(text: string, search: DeckSearch): string[] {
    const nearest = search.nearest(text, OFFERS);
    const all = new Set([...nearest, ...shuffled(search.prompts, this.random)]);
    return [...all].slice(0, OFFERS).map(({ prompt }) => prompt);
  }
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One text for each slot, while there are any left; the first of them where nothing is asked for. */
function obedientTexts(texts: readonly string[], slots: readonly Slot[]): string[] {
  const styled = styledTexts(encodeResponses(texts), FEATURE_COUNT);
  return obedientRows(styled, [...texts.keys()], slots).map((row) => texts[row]!);
}
