/**
 * What the extremes of base rewards look like: answers of the bundled deck with the highest and the
 * lowest value (PReF, figure 5). The deck is ours; members' conversations are never shown.
 */
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { priorUserWeights } from "../../models/rewards/user-weights.js";
import type { Compute } from "../../workers/compute.js";
import type { Deck } from "../shared/deck/deck.js";

/** Two answers to one prompt, as far apart on an axis as any. */
export interface ExtremePair {
  readonly prompt: string;
  readonly high: string;
  readonly low: string;
}

/** Prompts scored in one call, so that no call keeps a thread from a member for long. */
const PROMPTS_PER_CALL = 8;

/** The deck's answers to one prompt with their base rewards [n, J]. */
interface ScoredPrompt {
  readonly prompt: string;
  readonly answers: readonly string[];
  readonly baseRewards: Float64Array;
}

/**
 * For each base reward of `model` the `count` prompts on which the deck's answers differ most in
 * it, with the highest and the lowest answer; fewer if fewer differ. Comparing answers to the
 * same prompt keeps what prompts are about out of the picture. Throws what `scoreCandidates` throws.
 */
export async function findExtremes(
  model: BaseRewardModel,
  deck: Deck,
  compute: Pick<Compute, "scoreCandidates">,
  count: number,
): Promise<ExtremePair[][]> {
  const scored = await scoreDeck(model, deck, compute);
  return Array.from({ length: model.rank }, (_, axis) =>
    scored
      .map((prompt) => extremesOf(prompt, axis, model.rank))
      .filter(({ spread }) => spread > 0)
      .sort((first, second) => second.spread - first.spread)
      .slice(0, count)
      .map(({ pair }) => pair),
  );
}

function extremesOf({ prompt, answers, baseRewards }: ScoredPrompt, axis: number, rank: number) {
  const value = (row: number) => baseRewards[row * rank + axis]!;
  const order = [...answers.keys()].sort((first, second) => value(second) - value(first));
  const [highest, lowest] = [order[0]!, order.at(-1)!];
  const pair = { prompt, high: answers[highest]!, low: answers[lowest]! };
  return { pair, spread: value(highest) - value(lowest) };
}

async function scoreDeck(
  model: BaseRewardModel,
  { prompts }: Deck,
  compute: Pick<Compute, "scoreCandidates">,
): Promise<ScoredPrompt[]> {
  const userWeights = priorUserWeights(model);
  const scored: ScoredPrompt[] = [];
  for (let from = 0; from < prompts.length; from += PROMPTS_PER_CALL) {
    const some = prompts.slice(from, from + PROMPTS_PER_CALL);
    const responses = some.flatMap(({ answers }) => answers.map(({ text }) => text));
    const { baseRewards } = await compute.scoreCandidates({ model, userWeights, responses });
    let row = 0;
    for (const { prompt, answers } of some) {
      const end = row + answers.length;
      const own = baseRewards.subarray(row * model.rank, end * model.rank);
      scored.push({ prompt, answers: answers.map(({ text }) => text), baseRewards: own });
      row = end;
    }
  }
  return scored;
}
