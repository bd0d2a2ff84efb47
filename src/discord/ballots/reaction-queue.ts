/**
 * Reactions that wait to be counted. However many come at once, at most two changes are held for each
 * member and choice, and they are counted ballot by ballot. Knows no Discord.
 */
import { type ChoiceChange, choiceOfEmoji, withChange } from "../../ballots/choices.js";

/** Ballots that are counted at the same time. */
const WORKERS = 32;
/** The most members' changes that may wait, each a few hundred bytes. */
const MOST_WAITING = 20_000;

export interface ReactionEvent {
  readonly kind: "added" | "removed";
  readonly emoji: string | null;
  /** True for a super reaction, which a member may give as well as their plain one. */
  readonly isSuper?: boolean;
  readonly channelId: string;
  readonly messageId: string;
  readonly userId: string;
}

/** What has come in for one message. */
export interface WaitingReactions {
  readonly messageId: string;
  readonly channelId: string;
  readonly changes: Map<string, readonly ChoiceChange[]>;
}

export interface ReactionQueueParts {
  /** Counts what has come in for one message. Must not throw; never called twice at once for the same one. */
  readonly count: (waiting: WaitingReactions) => Promise<void>;
  /** Called with the work in hand. */
  readonly work: (task: Promise<void>) => void;
  /** Called once it is quieter if reactions had to be dropped: all ballots have to be caught up. */
  readonly overflowed: () => Promise<void>;
  readonly mostWaiting?: number;
}

export class ReactionQueue {
  readonly #waiting = new Map<string, WaitingReactions>();
  readonly #counted = new Set<string>();
  #size = 0;
  #workers = 0;
  #overflowed = false;

  constructor(private readonly parts: ReactionQueueParts) {}

  /** How many members' changes are waiting. */
  get size(): number {
    return this.#size;
  }

  /** Adds a reaction; ignores one whose emoji is none of a ballot's. */
  add({ kind, emoji, isSuper, userId, ...message }: ReactionEvent): void {
    const choice = choiceOfEmoji(emoji ?? "");
    if (choice === undefined) return;
    this.#put(message, userId, [{ kind, choice, ...(isSuper && { isSuper }) }]);
  }

  /** Puts back what could not be counted yet, in front of what came meanwhile. */
  putBack(waiting: WaitingReactions): void {
    const since = this.#waiting.get(waiting.messageId);
    if (since !== undefined) this.#remove(since);
    for (const one of [waiting, since]) {
      for (const [userId, changes] of one?.changes ?? []) this.#put(waiting, userId, changes);
    }
  }

  #put(
    { messageId, channelId }: Pick<WaitingReactions, "messageId" | "channelId">,
    userId: string,
    changes: readonly ChoiceChange[],
  ): void {
    const waiting = this.#waiting.get(messageId) ?? { messageId, channelId, changes: new Map() };
    const before = waiting.changes.get(userId);
    if (before === undefined && this.#size >= (this.parts.mostWaiting ?? MOST_WAITING)) {
      this.#overflowed = true;
      return;
    }
    if (before === undefined) this.#size++;
    waiting.changes.set(userId, changes.reduce(withChange, before ?? []));
    this.#waiting.set(messageId, waiting);
    if (this.#workers < WORKERS) this.parts.work(this.#work());
  }

  #remove(waiting: WaitingReactions): void {
    this.#waiting.delete(waiting.messageId);
    this.#size -= waiting.changes.size;
  }

  async #work(): Promise<void> {
    this.#workers++;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      this.#remove(next);
      this.#counted.add(next.messageId);
      await this.parts.count(next);
      this.#counted.delete(next.messageId);
    }
    this.#workers--;
    if (!this.#overflowed || this.#workers > 0) return;
    this.#overflowed = false;
    await this.parts.overflowed();
  }

  #next(): WaitingReactions | undefined {
    for (const waiting of this.#waiting.values()) {
      if (!this.#counted.has(waiting.messageId)) return waiting;
    }
    return undefined;
  }
}
