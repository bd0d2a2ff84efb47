/**
 * Figures over the members of all servers, for somebody who answers for one of them: so coarse, and of
 * so many people, that nobody's votes can be read out of two of them.
 */
import type { HeldOutRecord } from "../store/records.js";

/** Fewer people than this have no figure that others see. */
export const LEAST_PEOPLE = 20;
const STEPS = 20;

/** The accuracy to the nearest twentieth, without counts; undefined for fewer than {@link LEAST_PEOPLE}. */
export function roundedHeldOut({
  accuracy,
  members,
}: HeldOutRecord): { readonly accuracy: number } | undefined {
  return members < LEAST_PEOPLE ? undefined : { accuracy: Math.round(STEPS * accuracy) / STEPS };
}
