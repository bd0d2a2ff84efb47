/**
 * The votes of some members and the reads of what the store has of them, as a history of appends to one list
 * for each member. A list holds the member's comparisons in the order in which they were committed.
 */
import { checkHistory } from "../../support/list-append/check.js";
import { History, type Read, type Step } from "../../support/list-append/history.js";
import type { StoredMessage } from "../../support/loopback-discord/world.js";
import type { StoredLists } from "./stored-lists.js";

type End = (ending: "ok" | "info") => void;

/** Of a comparison that belongs to no vote here: nobody has appended it. */
const UNKNOWN = 0;

export class VoteHistory {
  readonly #history = new History();
  /** The lists of the members, and the values of the votes, by the ids of members and ballots. */
  readonly #lists = new Map<string, number>();
  readonly #values = new Map<string, number>();
  /** Known before their ballots are closed. */
  readonly #messages = new Map<string, string>();
  #processes = 0;
  #appends = 0;
  #reads = 0;

  /** One who does one thing at a time. After an ending that nobody knows there must be another. */
  newProcess(): number {
    return this.#processes++;
  }

  /** A vote of `memberId` on `ballot` begins. */
  voting(process: number, memberId: string, ballot: StoredMessage): End {
    const value = this.#values.size + 1;
    this.#values.set(ballot.id, value);
    this.#appends++;
    const step: Step = { kind: "append", key: this.#listOf(memberId), value };
    return this.#history.begin(process, [step]);
  }

  /** Reads the lists of `memberIds` in one. */
  async read(
    process: number,
    memberIds: readonly string[],
    read: () => Promise<StoredLists>,
  ): Promise<void> {
    const asked = memberIds.map((id): Read => ({ kind: "read", key: this.#listOf(id) }));
    const end = this.#history.begin(process, asked);
    try {
      const { comparisons, messages } = await read();
      for (const [comparison, message] of messages) this.#messages.set(comparison, message);
      const steps = memberIds.map((id): Read => {
        const list = (comparisons.get(id) ?? []).map((comparison) => this.#valueOf(comparison));
        return { kind: "read", key: this.#listOf(id), list };
      });
      this.#reads++;
      end("ok", steps);
    } catch (error) {
      // What was not read has changed nothing.
      end("fail");
      throw error;
    }
  }

  /** What could not have come from one store that does one thing after the other. */
  check(): string[] {
    return checkHistory(this.#history.transactions).map(({ kind, text }) => `${kind}: ${text}`);
  }

  counts() {
    const unknown = this.#history.transactions.filter(({ ending }) => ending === "info").length;
    return { appends: this.#appends, reads: this.#reads, unknown };
  }

  toEdn(): string {
    return this.#history.toEdn();
  }

  #listOf(memberId: string): number {
    const list = this.#lists.get(memberId) ?? this.#lists.size + 1;
    this.#lists.set(memberId, list);
    return list;
  }

  #valueOf(comparisonId: string): number {
    return this.#values.get(this.#messages.get(comparisonId) ?? "") ?? UNKNOWN;
  }
}
