/** Tokens that are held for a request before it is sent. */
import type { Release } from "../../limits/day-counts.js";
import type { Asker } from "../../limits/limits.js";
import type { TokenHold } from "../../limits/spending.js";
import { LimitReachedError } from "./limit-reached-error.js";

/** Throws {@link LimitReachedError} if so many are not left. */
export async function heldTokens(
  hold: TokenHold,
  tokens: number,
  asker: Asker | undefined,
): Promise<Release> {
  const held = await hold(tokens, asker);
  if (typeof held === "function") return held;
  throw new LimitReachedError(held);
}
