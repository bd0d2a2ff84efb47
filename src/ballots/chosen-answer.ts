/** Which text a ballot turns into once its member has voted. */
import type { BallotRecord, Choice } from "../store/records.js";

/**
 * A or B as voted; the first one for a tie; for "neither" the best answer that was not shown, or
 * the first one where there is none.
 */
export function chosenAnswer(
  ballot: Pick<BallotRecord, "candidates" | "alternative">,
  vote: Choice,
): string {
  const [a, b] = ballot.candidates;
  switch (vote) {
    case "a":
    case "tie":
      return a.text;
    case "b":
      return b.text;
    case "neither":
      return ballot.alternative ?? a.text;
  }
}
