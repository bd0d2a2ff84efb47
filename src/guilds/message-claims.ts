/**
 * Which messages are being answered or were, over all processes: while one takes over from another, both
 * may see a message. Knows ids and times, not what is said.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../shared/time.js";
import { type Condition, recordIn } from "../store/condition.js";
import { timeOfSnowflake } from "../store/ids.js";
import { onceStoreIsBack } from "../store/once-store-is-back.js";
import type { Store } from "../store/store.js";
import { unlessStoreIsDown } from "../store/unless-store-is-down.js";

/** Nobody looks for messages that are as old. */
const KEPT_MS = 60 * 60 * 1_000;
/** The key of the record that tells since when there are claims; it sorts after all ids. */
const BEGINNING = "beginning";
const AT_ONCE = 500;

/** The right to answer a message. */
export interface Claim {
  /**
   * Whether nobody else has claimed the message since, as after a failover that has lost the claim; it is made
   * again then. True if the store can't tell.
   */
  isKept(): Promise<boolean>;
}

type ClaimStore = Pick<Store, "messageClaims" | "writeTogether">;

export class MessageClaims {
  constructor(
    private readonly store: ClaimStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The claim, if this call may answer the message: one of all calls in all processes. If the store can't tell,
   * it is asked again, for two minutes. A process that is `closing` by then leaves the message to whoever has the
   * shard afterwards, unless it finds its claim there: for all others the message is taken.
   */
  async claim(messageId: string, closing: AbortSignal): Promise<Claim | undefined> {
    const claimant = randomUUID();
    const put = () => this.#put(messageId, claimant, !closing.aborted);
    const isMine = await unlessStoreIsDown(onceStoreIsBack(put, this.clock));
    return isMine ? { isKept: () => this.#isKept(messageId, claimant) } : undefined;
  }

  /** From this time on what was answered has a claim. */
  async beginning(): Promise<number> {
    await this.#put(BEGINNING, randomUUID(), true);
    return (await this.store.messageClaims.get(BEGINNING))?.at ?? this.clock();
  }

  async #isKept(messageId: string, claimant: string): Promise<boolean> {
    return (await unlessStoreIsDown(this.#put(messageId, claimant, true))) ?? true;
  }

  /** False if it is another one's; if it is nobody's, it is taken only if `takes`. */
  #put(key: string, claimant: string, takes: boolean): Promise<boolean> {
    const putting = this.store.messageClaims.putting(key, { at: this.clock(), claimant });
    const isMine: Condition = {
      keys: [putting.key],
      holds: (textOf) => {
        const text = textOf(putting.key);
        if (text === undefined) return takes;
        return recordIn<"message-claim">(putting.key, text)?.claimant === claimant;
      },
    };
    return this.store.writeTogether([putting], isMine);
  }
}

/**
 * Deletes the claims of messages that nobody looks for any more. Ids sort by their times: it reads no
 * further than to the first that is kept.
 */
export async function purgeClaims(
  { messageClaims }: Pick<Store, "messageClaims">,
  clock: Clock,
): Promise<void> {
  let due: string[] = [];
  for await (const id of messageClaims.keys()) {
    const time = timeOfSnowflake(id);
    if (time === undefined || time + KEPT_MS > clock()) break;
    due.push(id);
    if (due.length < AT_ONCE) continue;
    await messageClaims.deleteMany(due);
    due = [];
  }
  await messageClaims.deleteMany(due);
}
