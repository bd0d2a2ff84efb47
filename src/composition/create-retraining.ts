/** What learns new base rewards, from whom it may, and gives them words. */

import { loadDeck } from "../shared/deck/deck.js";
import { AxisWords } from "../training/axis-words.js";
import { Retraining } from "../training/retraining.js";
import type { Engine } from "./create-engine.js";
import type { Voting } from "./create-voting.js";
import type { ServicesOptions } from "./services-options.js";

export function createRetraining(
  options: ServicesOptions,
  engine: Engine,
  { mayPool }: Voting,
): Retraining {
  const { config, scope, clock, log } = options;
  const { store, compute, models, profiles, metrics } = engine;
  return new Retraining({
    ...{ store, compute, models, profiles, scope, mayPool, clock, log },
    mostComparisons: config.retrainComparisons,
    leaveOutColluders: config.leaveOutColluders,
    axisWords: createAxisWords(options, engine),
    seed: 1,
    onEnd: (verdict, seconds) => {
      metrics.retrainings.inc({ verdict });
      if (verdict !== "refused") metrics.retrainingSeconds.observe(seconds);
    },
  });
}

function createAxisWords(
  { config, log }: ServicesOptions,
  { compute, chatServer, circuit, limits }: Engine,
): AxisWords | undefined {
  const { openai } = config;
  if (openai === undefined || chatServer === undefined) return undefined;
  return new AxisWords({
    ...{ openai, server: chatServer, deck: loadDeck(), compute, circuit, log },
    mayAsk: () => limits.candidates(undefined, 1) > 0,
  });
}
