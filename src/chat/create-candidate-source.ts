/** Chooses where candidates come from. */
import type { RandomGenerator } from "../../models/random.js";
import type { Config } from "../config.js";
import type { CandidateSource } from "./candidate-source.js";
import type { Circuit } from "./circuit.js";
import { loadDeck } from "./deck.js";
import { DeckCandidates } from "./deck-candidates.js";
import { LanguageModelCandidates, type UsageListener } from "./language-model-candidates.js";

export interface CandidateSourceParts {
  readonly random: RandomGenerator;
  readonly onUsage: UsageListener;
  /** Of the language model's server. */
  readonly circuit: Circuit;
}

/** The language model where one is configured, else the bundled deck. */
export function createCandidateSource(
  { openai, limits }: Pick<Config, "openai" | "limits">,
  { random, onUsage, circuit }: CandidateSourceParts,
): CandidateSource {
  if (openai === undefined) return new DeckCandidates(loadDeck(), random);
  const { requestsAtOnce } = limits;
  const languageModel = new LanguageModelCandidates(openai, onUsage, { requestsAtOnce });
  return { generate: (request) => circuit.run(() => languageModel.generate(request)) };
}
