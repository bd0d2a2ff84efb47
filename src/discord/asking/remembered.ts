/**
 * What is remembered so that a conversation can go on: in memory alone, for an hour, of the newest few
 * hundred. Of files that is where they are, and not what they hold. Discord hands no bot the members' own words again, and they are never stored.
 */
import { LRUCache } from "lru-cache";
import { boundHistory, HISTORY_LIMITS } from "../../conversation/history.js";
import type { Clock } from "../../shared/time.js";
import type { UnreadTurn } from "../enclosures/enclosure-reader.js";

const LIFETIME_MS = 60 * 60 * 1000;
/** Each holds 12,000 characters at most. */
const MOST_CONVERSATIONS = 500;
/** Messages for whose form the bot waits, 4,000 characters at most each. */
const MOST_MESSAGES = 500;

export interface Conversation {
  readonly memberId: string;
  /** Oldest first; the last turn is the member's. */
  readonly turns: readonly UnreadTurn[];
  /** What was answered to it; missing while two answers are to be chosen from. */
  readonly answer?: string;
}

export class Remembered {
  readonly #conversations: LRUCache<string, Conversation>;
  readonly #messages: LRUCache<string, UnreadTurn>;

  constructor(clock: Clock) {
    const options = { ttl: LIFETIME_MS, perf: { now: clock }, ttlResolution: 0 };
    this.#conversations = new LRUCache({ max: MOST_CONVERSATIONS, ...options });
    this.#messages = new LRUCache({ max: MOST_MESSAGES, ...options });
  }

  /** `conversation` goes on below the bot's message `messageId`. */
  keep(messageId: string, conversation: Conversation): void {
    const turns = boundHistory(conversation.turns, HISTORY_LIMITS);
    this.#conversations.set(messageId, { ...conversation, turns });
  }

  conversation(messageId: string): Conversation | undefined {
    return this.#conversations.get(messageId);
  }

  /** The member chose `answer`, or has taken their choice back. */
  answered(messageId: string, answer: string | undefined): void {
    const { answer: _answer, ...open } = this.#conversations.get(messageId) ?? {};
    if (!("turns" in open)) return;
    this.#conversations.set(messageId, answer === undefined ? open : { ...open, answer });
  }

  /** What `memberId` is about to ask about: a message, as it is quoted. */
  keepMessage(memberId: string, messageId: string, quoted: UnreadTurn): void {
    this.#messages.set(`${memberId}:${messageId}`, quoted);
  }

  message(memberId: string, messageId: string): UnreadTurn | undefined {
    return this.#messages.get(`${memberId}:${messageId}`);
  }

  /** Forgets everything of `memberId`. */
  forget(memberId: string): void {
    for (const [key, conversation] of this.#conversations.entries()) {
      if (conversation.memberId === memberId) this.#conversations.delete(key);
    }
    for (const key of this.#messages.keys()) {
      if (key.startsWith(`${memberId}:`)) this.#messages.delete(key);
    }
  }
}

/** The turns that the next message follows: those before, and what was answered. */
export function turnsSoFar({ turns, answer }: Conversation): UnreadTurn[] {
  return answer === undefined ? [...turns] : [...turns, { role: "bot", text: answer }];
}
