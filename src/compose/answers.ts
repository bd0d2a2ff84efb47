/** What answers: the candidates, and the policy that picks or asks. */
import { createCandidateChain } from "../conversation/candidates/candidate-chain.js";
import { ReplyPolicy } from "../conversation/reply-policy.js";
import { MeasuredCandidates } from "../observability/measured-candidates.js";
import type { Engine } from "./engine.js";
import type { Memberships } from "./members.js";
import type { ServicesOptions } from "./options.js";

export function composeReplies(
  { config, log }: ServicesOptions,
  engine: Engine,
  { questions, steering }: Memberships,
): ReplyPolicy {
  const { circuit, compute, consents, limits, metrics, models, profiles, random, servers } = engine;
  const { candidates, waiting } = createCandidateChain({
    config,
    random,
    servers,
    circuit,
    log,
    limits,
    measured: (source) => new MeasuredCandidates(source, metrics),
  });
  metrics.readings.languageModelWaiting = waiting;
  return new ReplyPolicy({
    candidates,
    ballotBudget: limits,
    candidateCount: config.candidates,
    compute,
    models,
    profiles,
    consents,
    steering,
    questions,
    random,
    log,
    questionGap: config.questionGap,
    questionsPerDay: async (guildId) =>
      (await engine.store.settings.get(guildId))?.questionsPerDay ?? config.questionsPerDay,
  });
}
