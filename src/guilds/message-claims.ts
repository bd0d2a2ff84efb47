/**
 * Which messages are being answered or were, over all processes: while one takes over from another, both
 * may see a message. Knows ids and times, not what is said.
 */
import type { Clock } from "../shared/time.js";
import { absent } from "../store/condition.js";
import type { Store } from "../store/store.js";
import { unlessStoreIsDown } from "../store/unless-store-is-down.js";

/** Nobody looks for messages that are as old. */
const KEPT_MS = 60 * 60 * 1_000;
/** The key of the record that tells since when there are claims. */
const BEGINNING = "beginning";
const AT_ONCE = 500;

type ClaimStore = Pick<Store, "messageClaims" | "writeTogether">;

export class MessageClaims {
  constructor(
    private readonly store: ClaimStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether this process may answer the message. Not if the store can't tell: whoever has the shard
   * afterwards finds the message, and would answer it a second time.
   */
  async claim(messageId: string): Promise<boolean> {
    return (await unlessStoreIsDown(this.#putIfAbsent(messageId))) ?? false;
  }

  /** From this time on what was answered has a claim. */
  async beginning(): Promise<number> {
    await this.#putIfAbsent(BEGINNING);
    return (await this.store.messageClaims.get(BEGINNING))?.at ?? this.clock();
  }

  #putIfAbsent(key: string): Promise<boolean> {
    const putting = this.store.messageClaims.putting(key, { at: this.clock() });
    return this.store.writeTogether([putting], absent(putting.key));
  }
}

/** Deletes the claims of messages that nobody looks for any more. */
export async function purgeClaims(
  { messageClaims }: Pick<Store, "messageClaims">,
  clock: Clock,
): Promise<void> {
  let due: string[] = [];
  for await (const [key, { at }] of messageClaims.entries()) {
    if (key === BEGINNING || at + KEPT_MS > clock()) continue;
    due.push(key);
    if (due.length < AT_ONCE) continue;
    await messageClaims.deleteMany(due);
    due = [];
  }
  await messageClaims.deleteMany(due);
}
