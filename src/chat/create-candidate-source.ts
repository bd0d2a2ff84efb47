/** Chooses where candidates come from. */
import type { RandomGenerator } from "../../models/random.js";
import type { Config } from "../config.js";
import type { CandidateSource } from "./candidate-source.js";
import { loadDeck } from "./deck.js";
import { DeckCandidates } from "./deck-candidates.js";
import { LanguageModelCandidates, type UsageListener } from "./language-model-candidates.js";

/** The language model where one is configured, else the bundled deck. */
export function createCandidateSource(
  { openai }: Pick<Config, "openai">,
  random: RandomGenerator,
  onUsage: UsageListener,
): CandidateSource {
  if (openai !== undefined) return new LanguageModelCandidates(openai, onUsage);
  return new DeckCandidates(loadDeck(), random);
}
