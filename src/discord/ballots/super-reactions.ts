/**
 * Where a ballot's member has given a super reaction. They can have one and a plain one of the same
 * emoji, and taking one away leaves the other: only Discord knows then whether the choice stands.
 */
import { LRUCache } from "lru-cache";
import type { ChoiceChange } from "../../ballots/choices.js";
import type { Choice } from "../../store/records.js";

const MOST = 10_000;

export class SuperReactions {
  readonly #seen = new LRUCache<string, true>({ max: MOST });

  /** One stands, or has stood, on the member's own ballot. */
  note(messageId: string, choice: Choice): void {
    this.#seen.set(`${messageId}:${choice}`, true);
  }

  /** Whether `changes` take away what may still stand in the other way. Remembers what they add. */
  makeDoubtful(messageId: string, changes: readonly ChoiceChange[]): boolean {
    for (const { isSuper, choice } of changes) if (isSuper) this.note(messageId, choice);
    return changes.some(
      ({ kind, choice }) => kind === "removed" && this.#seen.has(`${messageId}:${choice}`),
    );
  }
}
