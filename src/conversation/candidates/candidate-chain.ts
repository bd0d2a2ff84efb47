/**
 * The chain of candidates, in order: the language model's server (or the deck) writes, the circuit
 * leaves a server alone that is down, the guard makes every text fit to be shown, the limits say how
 * many may be asked for and when, and the whole is measured.
 */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { Config } from "../../config.js";
import type { Limits } from "../../limits/limits.js";
import { createOutputGuard } from "../../safety/safe-output.js";
import { secretsOf } from "../../safety/secrets.js";
import { loadDeck } from "../../shared/deck/deck.js";
import type { ChatServer } from "../model-server/chat-server.js";
import { protectedPrompts } from "../prompting.js";
import type { CandidateSource } from "./candidate-source.js";
import type { Circuit } from "./circuit.js";
import { DeckCandidates } from "./deck-candidates.js";
import { GuardedCandidates } from "./guarded-candidates.js";
import { LanguageModelCandidates } from "./language-model-candidates.js";
import { LimitedCandidates } from "./limited-candidates.js";

export interface WritersParts {
  readonly config: Pick<Config, "openai" | "discord" | "encryptionKey">;
  readonly random: RandomGenerator;
  /** Undefined where the deck answers. */
  readonly server: ChatServer | undefined;
  /** Of the language model's server. */
  readonly circuit: Circuit;
}

export interface CandidateChainParts extends WritersParts {
  readonly config: WritersParts["config"] & Pick<Config, "limits">;
  readonly limits: Limits;
  readonly measured: (source: CandidateSource) => CandidateSource;
}

export interface CandidateChain {
  readonly candidates: CandidateSource;
  /** How many answers wait for their turn. */
  readonly waiting: () => number;
}

/** Server or deck → circuit → guard → limits → measured. */
export function createCandidateChain(parts: CandidateChainParts): CandidateChain {
  const { config, limits, measured } = parts;
  const limited = new LimitedCandidates({
    candidates: createWriters(parts),
    config: config.limits,
    limits,
  });
  return { candidates: measured(limited), waiting: () => limited.waiting };
}

/** The part that writes: server → circuit → guard; the deck where no language model is configured. */
export function createWriters({ config, random, server, circuit }: WritersParts): CandidateSource {
  const { openai } = config;
  if (openai === undefined || server === undefined) return new DeckCandidates(loadDeck(), random);
  const languageModel = new LanguageModelCandidates(openai, server);
  const unlessDown: CandidateSource = {
    generate: (request) => circuit.run(() => languageModel.generate(request)),
  };
  const prompts = protectedPrompts(openai.instruction);
  const guard = createOutputGuard({ secrets: secretsOf(config), prompts });
  return new GuardedCandidates(unlessDown, guard);
}
