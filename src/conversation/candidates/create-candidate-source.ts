/** Chooses where candidates come from. */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { Config } from "../../config.js";
import type { UsageListener } from "../../limits/spending.js";
import { createOutputGuard } from "../../safety/safe-output.js";
import { secretsOf } from "../../safety/secrets.js";
import { loadDeck } from "../../shared/deck/deck.js";
import { ChatServer } from "../model-server/chat-server.js";
import { systemMessages } from "../prompting.js";
import type { CandidateSource } from "./candidate-source.js";
import type { Circuit } from "./circuit.js";
import { DeckCandidates } from "./deck-candidates.js";
import { GuardedCandidates } from "./guarded-candidates.js";
import { LanguageModelCandidates } from "./language-model-candidates.js";

export interface CandidateSourceParts {
  readonly random: RandomGenerator;
  readonly onUsage: UsageListener;
  /** One of its own where not given; shared, so that what one learns of it the others know. */
  readonly server?: ChatServer | undefined;
  /** Of the language model's server. */
  readonly circuit: Circuit;
}

/** The language model where one is configured, with its words made safe; else the bundled deck. */
export function createCandidateSource(
  config: Pick<Config, "openai" | "limits" | "discord" | "encryptionKey">,
  { random, onUsage, circuit, server }: CandidateSourceParts,
): CandidateSource {
  const { openai, limits } = config;
  if (openai === undefined) return new DeckCandidates(loadDeck(), random);
  const { requestsAtOnce } = limits;
  const languageModel = new LanguageModelCandidates(
    openai,
    server ?? new ChatServer(openai, onUsage, { requestsAtOnce }),
  );
  const prompts = systemMessages(openai.instruction);
  const guard = createOutputGuard({ secrets: secretsOf(config), prompts });
  const source: CandidateSource = {
    generate: (request) => circuit.run(() => languageModel.generate(request)),
  };
  return new GuardedCandidates(source, guard);
}
