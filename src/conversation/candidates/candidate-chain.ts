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
import { loadDecks } from "../../shared/deck/deck.js";
import type { Log } from "../../shared/log.js";
import type { ChatServer } from "../model-server/chat-server.js";
import type { ChatServers, LanguageModelServers } from "../model-server/chat-servers.js";
import { protectedPrompts } from "../prompting.js";
import type { CandidateSource } from "./candidate-source.js";
import { Circuit } from "./circuit.js";
import { DeckCandidates } from "./deck-candidates.js";
import { FallbackCandidates } from "./fallback-candidates.js";
import { GuardedCandidates } from "./guarded-candidates.js";
import { LanguageModelCandidates } from "./language-model-candidates.js";
import { LimitedCandidates } from "./limited-candidates.js";

export interface WritersParts {
  readonly config: Pick<Config, "openai" | "fallback" | "discord" | "encryptionKey">;
  readonly random: RandomGenerator;
  readonly servers: LanguageModelServers;
  /** Of the main language model. */
  readonly circuit: Circuit;
  readonly log: Log;
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

/** The part that writes: server → circuit → guard, a second one if the first fails; the deck where there is none. */
export function createWriters(parts: WritersParts): CandidateSource {
  const { config, random, servers, circuit, log } = parts;
  const { first, second } = servers;
  if (first === undefined) return new DeckCandidates(loadDecks(), random);
  const prompts = protectedPrompts(first.config.instruction);
  const guard = createOutputGuard({ secrets: secretsOf(config), prompts });
  const main = new GuardedCandidates(behindCircuits(first, circuit, log), guard);
  if (second === undefined) return main;
  const ofSecond = circuitOf(second.main, "second language model", log);
  const other = new GuardedCandidates(behindCircuits(second, ofSecond, log), guard);
  return new FallbackCandidates(main, other, log);
}

/** Each model has a circuit of its own: one that does not exist must not close the others. */
function behindCircuits(servers: ChatServers, main: Circuit, log: Log): CandidateSource {
  const languageModel = new LanguageModelCandidates(servers.config, servers);
  const circuits = new Map([[servers.main, main]]);
  return {
    generate: (request) => {
      const server = servers.of(request.model);
      const circuit = circuits.get(server) ?? circuitOf(server, server.model, log);
      circuits.set(server, circuit);
      return circuit.run(() => languageModel.generate(request));
    },
  };
}

function circuitOf(server: ChatServer, name: string, log: Log): Circuit {
  return new Circuit(name, log, () => server.isWell());
}
