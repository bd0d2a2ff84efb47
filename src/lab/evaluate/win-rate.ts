/**
 * The win rate of best-of-N: how often a person prefers the response with the highest reward to
 * another response to the same prompt, drawn at random. Knows labels and rewards, no models.
 */
import type { LabelledPairs } from "./dataset.js";

/** The responses to one prompt with what one person's labels say about their order. */
export interface JudgedPrompt {
  /** Rows of items, n of them. */
  readonly responses: readonly number[];
  /**
   * [n, n]: 1 if the row's response is preferred to the column's, by a label or by a chain of
   * labels; 0 if it is the other way round; 0.5 if labels contradict each other; NaN if
   * they say nothing.
   */
  readonly wins: Float64Array;
}

/** The prompts that have labels between their responses; ties and pairs across prompts say nothing here. */
export function judgePrompts(test: LabelledPairs, promptOf: Int32Array): JudgedPrompt[] {
  const byPrompt = new Map<number, [number, number][]>();
  for (let pair = 0; pair < test.count; pair++) {
    const [a, b] = [test.a[pair]!, test.b[pair]!];
    const prompt = promptOf[a]!;
    if (promptOf[b] !== prompt || test.outcomes[pair] === 0.5) continue;
    if (!byPrompt.has(prompt)) byPrompt.set(prompt, []);
    byPrompt.get(prompt)!.push(test.outcomes[pair] === 1 ? [a, b] : [b, a]);
  }
  return [...byPrompt.values()].map(judge);
}

/** `preferences` are [winner, loser]. */
function judge(preferences: readonly (readonly [number, number])[]): JudgedPrompt {
  const responses = [...new Set(preferences.flat())];
  const count = responses.length;
  const index = new Map(responses.map((response, at) => [response, at]));
  const reaches = new Uint8Array(count * count);
  for (const [winner, loser] of preferences) {
    reaches[index.get(winner)! * count + index.get(loser)!] = 1;
  }
  closeTransitively(reaches, count);
  const wins = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      const won = reaches[row * count + column]!;
      const lost = reaches[column * count + row]!;
      wins[row * count + column] = won + lost === 0 ? Number.NaN : won / (won + lost);
    }
  }
  return { responses, wins };
}

/** Warshall's algorithm. */
function closeTransitively(reaches: Uint8Array, count: number): void {
  for (let middle = 0; middle < count; middle++) {
    for (let from = 0; from < count; from++) {
      if (reaches[from * count + middle] === 0) continue;
      for (let to = 0; to < count; to++) {
        reaches[from * count + to]! |= reaches[middle * count + to]!;
      }
    }
  }
}

/**
 * The mean over `prompts` of how often the response with the highest reward wins against another
 * one whose order to it is known; if several share the highest reward, their mean. Undefined
 * if no prompt says anything.
 */
export function winRate(
  prompts: readonly JudgedPrompt[],
  rewardOf: (item: number) => number,
): number | undefined {
  let sum = 0;
  let judged = 0;
  for (const { responses, wins } of prompts) {
    const rewards = responses.map(rewardOf);
    const highest = Math.max(...rewards);
    const shares = rewards
      .map((reward, row) =>
        reward === highest ? shareWon(wins, row, responses.length) : undefined,
      )
      .filter((share) => share !== undefined);
    if (shares.length === 0) continue;
    sum += shares.reduce((total, share) => total + share, 0) / shares.length;
    judged++;
  }
  return judged > 0 ? sum / judged : undefined;
}

function shareWon(wins: Float64Array, row: number, count: number): number | undefined {
  let won = 0;
  let known = 0;
  for (let column = 0; column < count; column++) {
    const win = wins[row * count + column]!;
    if (column === row || Number.isNaN(win)) continue;
    won += win;
    known++;
  }
  return known > 0 ? won / known : undefined;
}
