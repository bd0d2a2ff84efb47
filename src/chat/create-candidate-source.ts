/** Chooses where candidates come from. */
import type { RandomGenerator } from "../../models/random.js";
import type { Config } from "../config.js";
import { createOutputGuard } from "../safety/safe-output.js";
import { secretsOf } from "../safety/secrets.js";
import type { CandidateSource } from "./candidate-source.js";
import { loadDeck } from "./deck.js";
import { DeckCandidates } from "./deck-candidates.js";
import { GuardedCandidates } from "./guarded-candidates.js";
import { LanguageModelCandidates, type UsageListener } from "./language-model-candidates.js";
import { systemMessages } from "./prompting.js";

/** The language model where one is configured, with its words made safe; else the bundled deck. */
export function createCandidateSource(
  config: Pick<Config, "openai" | "discord" | "encryptionKey">,
  random: RandomGenerator,
  onUsage: UsageListener,
): CandidateSource {
  const { openai } = config;
  if (openai === undefined) return new DeckCandidates(loadDeck(), random);
  const prompts = systemMessages(openai.instruction);
  const guard = createOutputGuard({ secrets: secretsOf(config), prompts });
  return new GuardedCandidates(new LanguageModelCandidates(openai, onUsage), guard);
}
