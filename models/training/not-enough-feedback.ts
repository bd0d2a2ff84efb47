/** The error for a training that was asked for too early. Knows only counts. */

/** Pooled training needs at least this many members with enough comparisons. */
export const MINIMUM_MEMBERS = 5;

/** A member takes part in training from this many comparisons on: one half fits, one half scores. */
export const MINIMUM_COMPARISONS_PER_MEMBER = 2;

/** Training needs at least this many comparisons altogether. */
export const MINIMUM_COMPARISONS = 30;

/** There is too little feedback to train base rewards on; the message says what is missing. */
export class NotEnoughFeedbackError extends Error {
  override readonly name = "NotEnoughFeedbackError";

  constructor(
    /** Members with at least {@link MINIMUM_COMPARISONS_PER_MEMBER} comparisons. */
    readonly members: number,
    readonly comparisons: number,
    readonly minimumMembers: number,
  ) {
    const missing = [
      ...(members < minimumMembers
        ? [
            `${minimumMembers - members} more members with ${MINIMUM_COMPARISONS_PER_MEMBER} votes or more`,
          ]
        : []),
      ...(comparisons < MINIMUM_COMPARISONS
        ? [`${MINIMUM_COMPARISONS - comparisons} more votes`]
        : []),
    ];
    super(
      `Training base rewards needs ${missing.join(" and ")} (so far ${members} members, ${comparisons} votes). Until then the present base rewards stay.`,
    );
  }
}

/** Too few people can be held out to tell whether new base rewards are better. */
export class TooFewHeldOutError extends Error {
  override readonly name = "TooFewHeldOutError";

  constructor(
    /** People whose votes can be predicted from others of theirs. */
    readonly people: number,
    readonly minimum: number,
  ) {
    super(
      `Whether new base rewards are better shows on people that they were not trained on, and that takes at least ${minimum} with two votes on different answers; so far there ${people === 1 ? "is" : "are"} ${people}. Until then the present base rewards stay.`,
    );
  }
}
