/** What learns new base rewards, from whom it may, and gives them words. */
import { countRetraining } from "../observability/measured-retraining.js";
import { loadDeck } from "../shared/deck/deck.js";
import { AxisWords } from "../training/axis-words.js";
import type { PlanRefits } from "../training/refits.js";
import { Retraining } from "../training/retraining.js";
import type { Engine } from "./engine.js";
import type { ServicesOptions } from "./options.js";

export function composeRetraining(
  { config, scope, clock, log }: ServicesOptions,
  engine: Engine,
  planRefits: PlanRefits,
): Retraining {
  const { chatServer, circuit, compute, limits, mayPool, metrics, models, store } = engine;
  const { openai } = config;
  const axisWords =
    openai &&
    chatServer &&
    new AxisWords({
      openai,
      server: chatServer,
      deck: loadDeck(),
      compute,
      circuit,
      log,
      mayAsk: () => limits.candidates(undefined, 1) > 0,
    });
  return new Retraining({
    store,
    compute,
    models,
    planRefits,
    scope,
    mayPool,
    clock,
    log,
    mostComparisons: config.retrainComparisons,
    leaveOutColluders: config.leaveOutColluders,
    axisWords,
    seed: 1,
    onEnd: (verdict, seconds) => countRetraining(metrics, verdict, seconds),
  });
}
