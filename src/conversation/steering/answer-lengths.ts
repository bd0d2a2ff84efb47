/** Between which lengths a member's directives stay: those that their votes were about. */
import { STYLE_STATISTICS, wordsOfStatistic } from "../../../models/encoder/style-statistics.js";
import type { LengthRange } from "../../../models/steering/directives.js";
import type { Slot } from "../../../models/steering/spread.js";
import type { EncodedDeck } from "../../members/calibration/encoded-deck.js";
import type { VotedWords } from "../../store/records.js";

/** Where no vote tells. */
const ANY: LengthRange["covered"] = [15, 400];
/** Answers to one prompt differ by this much in the logarithm of their words where nothing is known. */
const LOG_DEVIATION = 0.6;
const LOG_WORDS = STYLE_STATISTICS.indexOf("logWords");

/**
 * The range of a member who has voted on answers of `voted` words. Plain answers have `usual` words; as many as
 * the deck's where that is not known yet.
 */
export function lengthRange(
  voted: VotedWords,
  deck: Pick<EncodedDeck, "dimensions" | "features">,
  usual = usualWords(deck),
): LengthRange {
  return { usual, covered: voted.length === 0 ? ANY : voted, logDeviation: LOG_DEVIATION };
}

/** How many words each of the plain candidates has; `features` is [n, D], in the order of `slots`. */
export function plainWords(
  features: Float32Array,
  dimensions: number,
  slots: readonly Slot[],
): number[] {
  return [...slots.keys()]
    .filter((row) => slots[row]!.directives.length === 0)
    .map((row) => wordsIn(features, row * dimensions));
}

/** The median over the deck's answers. */
function usualWords({
  dimensions,
  features,
}: Pick<EncodedDeck, "dimensions" | "features">): number {
  const count = features.length / dimensions;
  const words = Float64Array.from({ length: count }, (_, row) =>
    wordsIn(features, row * dimensions),
  ).sort();
  return words[Math.floor(count / 2)]!;
}

function wordsIn(features: Float32Array, offset: number): number {
  return wordsOfStatistic(features[offset + LOG_WORDS]!);
}
