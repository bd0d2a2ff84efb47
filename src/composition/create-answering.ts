/** What answers: the candidates within their limits, and the policy that picks or asks. */
import { createCandidateSource } from "../conversation/candidates/create-candidate-source.js";
import { LimitedCandidates } from "../conversation/candidates/limited-candidates.js";
import { ReplyPolicy } from "../conversation/reply-policy.js";
import { MeasuredCandidates } from "../observability/measured-candidates.js";
import type { Engine } from "./create-engine.js";
import type { Voting } from "./create-voting.js";
import type { ServicesOptions } from "./services-options.js";

export function createAnswering(
  { config, log }: ServicesOptions,
  engine: Engine,
  { consents, questions }: Voting,
): ReplyPolicy {
  const { store, compute, models, profiles, limits, metrics, random, spending } = engine;
  const limitedCandidates = new LimitedCandidates({
    candidates: createCandidateSource(config, {
      ...{ random, circuit: engine.circuit, server: engine.chatServer },
      onUsage: spending.chat,
    }),
    config: config.limits,
    limits,
  });
  metrics.readings.languageModelWaiting = () => limitedCandidates.waiting;
  return new ReplyPolicy({
    candidates: new MeasuredCandidates(limitedCandidates, metrics),
    ballotBudget: limits,
    candidateCount: config.candidates,
    ...{ compute, models, profiles, consents, questions, random, log },
    questionGap: config.questionGap,
    questionsPerDay: async (guildId) =>
      (await store.settings.get(guildId))?.questionsPerDay ?? config.questionsPerDay,
  });
}
