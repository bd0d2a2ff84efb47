/**
 * How the tokens of all are divided. Half is set aside in equal parts, one for each server, which nobody
 * else can use up. The other half is common: each may use only a part of what is left of it, so that
 * something is left for whoever comes next (the dynamic thresholds of Choudhury and Hahne, 1998, for
 * buffers that ports share). Knows no clock and no store.
 */

const SET_ASIDE = 1 / 2;
/** When less than this is left of the common half, it is not enough for an answer: nobody starts on it. */
const REST = 1 / 100;
/** The part of what the others leave of the common half: for a server, and for a person in direct messages. */
const OF_WHAT_IS_LEFT = { server: 1 / 2, member: 1 / 7 } as const;

/** What is set aside for each of `servers` out of `all`. */
export function setAside(all: number, servers: number): number {
  return Math.floor((SET_ASIDE * all) / Math.max(1, servers));
}

/** How many of `tokens` come out of the common half, for a server that has already `used` some of its `own`. */
export function ofCommon(tokens: number, used: number, own: number): number {
  return Math.max(0, used + tokens - Math.max(used, own));
}

/** The most that a sharer may use when `others` have used this much of the common half of `all`. */
export function shareOf(
  sharer: "server" | "member",
  { all, own, others }: { readonly all: number; readonly own: number; readonly others: number },
): number {
  const common = (1 - SET_ASIDE) * all;
  const left = common - others < REST * common ? 0 : common - others;
  return Math.floor((sharer === "server" ? own : 0) + OF_WHAT_IS_LEFT[sharer] * left);
}
