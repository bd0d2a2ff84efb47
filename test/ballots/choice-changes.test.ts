import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterChanges, CHOICES, type ChoiceChange, withChange } from "../../src/ballots/choices.js";
import type { Choice } from "../../src/store/records.js";

const change: fc.Arbitrary<ChoiceChange> = fc.record({
  kind: fc.constantFrom("added" as const, "removed" as const),
  choice: fc.constantFrom(...CHOICES),
});
const standing = fc.shuffledSubarray([...CHOICES]);

/** One after the other, as the reactions stand below a message. */
function slowly(choices: readonly Choice[], changes: readonly ChoiceChange[]): Choice[] {
  const list = [...choices];
  for (const { kind, choice } of changes) {
    const at = list.indexOf(choice);
    if (kind === "added" && at < 0) list.push(choice);
    if (kind === "removed" && at >= 0) list.splice(at, 1);
  }
  return list;
}

describe("changes of choices that are kept together", () => {
  it("lead where all of them lead one after the other, and are at most two a choice", () => {
    fc.assert(
      fc.property(standing, fc.array(change, { maxLength: 60 }), (choices, changes) => {
        const kept = changes.reduce<readonly ChoiceChange[]>(
          (all, one) => withChange(all, one),
          [],
        );
        expect(afterChanges(choices, kept)).toEqual(slowly(choices, changes));
        expect(kept.length).toBeLessThanOrEqual(2 * CHOICES.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
