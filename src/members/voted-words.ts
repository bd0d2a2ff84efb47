/** How long the answers are that a member has voted on. Knows no store and no steering. */
import { beginsWithStyle } from "../../models/encoder/encoding.js";
import { STYLE_STATISTICS, wordsOfStatistic } from "../../models/encoder/style-statistics.js";
import type { ComparisonRecord, VectorText, VotedWords } from "../store/records.js";
import { featureFromText } from "../store/vector-text.js";
import { isUsable } from "./engine-data.js";

/** What a vote was about years ago says little of what is bearable today. */
const NEWEST = 100;
const LOG_WORDS = STYLE_STATISTICS.indexOf("logWords");

/**
 * The words of the shortest and the longest answer that the newest of `records` are about, which are in
 * order; none where no vote tells. Wishes don't, nor do other encoders than `encoderId` with D =
 * `dimensions` features, or one without the style statistics.
 */
export function votedWords(
  records: readonly ComparisonRecord[],
  encoderId: string,
  dimensions: number,
): VotedWords {
  if (!beginsWithStyle(encoderId)) return [];
  const words = records
    .filter((one) => one.source !== "nudge" && isUsable(one, encoderId, dimensions))
    .slice(-NEWEST)
    .flatMap(({ a, b }) => [wordsIn(a), wordsIn(b)]);
  return words.length === 0 ? [] : [Math.min(...words), Math.max(...words)];
}

/** A number that can be stored, whatever a damaged record says. */
function wordsIn(features: VectorText): number {
  const words = wordsOfStatistic(featureFromText(features, LOG_WORDS));
  return Math.min(words, Number.MAX_VALUE);
}
