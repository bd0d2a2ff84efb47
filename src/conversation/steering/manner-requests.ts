/** Which requests write the candidates of one answer: one for each manner. Knows no server. */
import type { Slot } from "../../../models/steering/spread.js";
import { mannerWords } from "./directive-text.js";

/** What is asked in one request, where the server writes several answers to one. */
export interface MannerRequest {
  /** The first slot of this manner; undefined where no manners were asked for. */
  readonly slot: Slot | undefined;
  readonly count: number;
}

/** The slots by what they ask for, in the order in which each manner comes first. */
export function mannerRequests(slots: readonly Slot[] | undefined, count: number): MannerRequest[] {
  if (slots === undefined) return [{ slot: undefined, count }];
  const manners = new Map<string, { readonly slot: Slot; count: number }>();
  for (const slot of slots) {
    const words = mannerWords(slot);
    const known = manners.get(words);
    if (known === undefined) manners.set(words, { slot, count: 1 });
    else known.count++;
  }
  return [...manners.values()];
}

/**
 * At most `allowed` of the slots, for somebody whose budget runs low: of two manners alone, the plain
 * one and the one that is known to please; of the latter alone where one answer is all there is.
 */
export function withinBudget(slots: readonly Slot[], allowed: number): readonly Slot[] {
  if (allowed >= slots.length) return slots;
  const pleasing = slots.find(({ kind }) => kind === "exploit") ?? slots[0]!;
  const others = slots.filter((slot) => slot !== pleasing);
  const floor = others.find(({ kind }) => kind === "plain") ?? pleasing;
  const first = allowed > 1 ? [floor] : [];
  return [...first, ...Array.from({ length: allowed - first.length }, () => pleasing)];
}
