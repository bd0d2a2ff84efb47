/**
 * How much of what everybody shares one of them may use. Each is held to a part of what is left, so that
 * something is left for whoever comes next, however many came before (the dynamic thresholds of
 * Choudhury and Hahne, 1998, for buffers that ports share).
 */

/** For each token that is left a server may have used this many, and a person in direct messages these. */
const OF_WHAT_IS_LEFT = { server: 1, member: 1 / 6 } as const;
/** People come by the hundred, servers do not: direct messages leave the last quarter to servers. */
const OPEN_TO = { server: 1, member: 3 / 4 } as const;

/**
 * The most that a sharer may use of `all` where the `others` have used so much: of what they leave, half
 * for a server, and a seventh (until three quarters of all are used) for a person in direct messages.
 */
export function shareOf(all: number, others: number, sharer: "server" | "member"): number {
  const ratio = OF_WHAT_IS_LEFT[sharer];
  return Math.floor((ratio / (1 + ratio)) * Math.max(0, OPEN_TO[sharer] * all - others));
}
