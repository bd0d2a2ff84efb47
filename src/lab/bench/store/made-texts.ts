/** Texts of records as real ones are, to be stored again and again under other keys. */
import { createRandomGenerator } from "../../../../models/algebra/random.js";
import { ENCODER_ID } from "../../../../models/encoder/encoder.js";
import type { Outcome } from "../../../../models/rewards/comparison.js";
import { createStarterModel } from "../../../../models/rewards/starter.js";
import { estimateUserWeights } from "../../../../models/rewards/user-weights.js";
import { recordOfWeights } from "../../../members/engine-data.js";
import { createPopulation } from "../../../playground/simulated-member.js";
import { loadDeck } from "../../../shared/deck/deck.js";
import { textOfRecord } from "../../../store/record-schemas.js";
import type { BallotRecord, ComparisonRecord, ProfileRecord } from "../../../store/records.js";
import { VoteMaker } from "../../load/plausible-votes.js";

const MEMBERS = 200;
const VOTES_EACH = 25;
const SEED = 7;
/** As long as an answer; its letters do not matter to a store. */
const ANSWER = "Well, that depends. ".repeat(40);

export interface MadeTexts {
  readonly profiles: readonly ProfileRecord[];
  readonly comparisons: readonly Omit<ComparisonRecord, "at">[];
  readonly ballots: readonly Pick<BallotRecord, "candidates">[];
}

/** Votes of two hundred members with a taste, and the weights that follow from them. */
export function madeTexts(now: number): MadeTexts {
  const random = createRandomGenerator(SEED);
  const votes = new VoteMaker(loadDeck(), random);
  const drawTaste = createPopulation(random);
  const model = createStarterModel();
  const profiles: ProfileRecord[] = [];
  const comparisons: Omit<ComparisonRecord, "at">[] = [];
  for (let member = 0; member < MEMBERS; member++) {
    const made = votes.votesOf(drawTaste(), VOTES_EACH);
    profiles.push(recordOfWeights(estimateUserWeights(model, made.comparisons), false, now));
    for (const [row, [a, b]] of made.texts.entries()) {
      const outcome = made.comparisons.outcomes[row] as Outcome;
      const facts = { weight: 1, encoder: ENCODER_ID, firstShown: "a", source: "chat" } as const;
      comparisons.push({ a, b, outcome, ...facts, trains: true });
    }
  }
  const ballots = comparisons.slice(0, MEMBERS).map(({ a, b }) => ({
    candidates: [
      { text: ANSWER, features: a },
      { text: ANSWER, features: b },
    ] as const,
  }));
  return { profiles, comparisons, ballots };
}

/** The text of a record up to where its `at` is written, which comes last. */
export function upToTime(record: object): string {
  return textOfRecord({ ...record, at: 0 }).slice(0, -"0}}".length);
}
