/**
 * Ballots that another process is posting: one that has lost its shards may have sent a message that it has
 * not stored yet, while this process has the shards. Its announcement is in the store before the message.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { SnowflakeUtil } from "discord.js";
import type { Ballots } from "../../ballots/ballots.js";
import type { Clock } from "../../shared/time.js";

/** After this time the process that announced a ballot has posted it, or never will. */
export const LONGEST_POSTING_MS = 120_000;

/** Discord's clock and this machine's may differ by as much. */
const CLOCKS_APART_MS = 60_000;

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

export interface PostedElsewhereParts {
  readonly ballots: Pick<Ballots, "get" | "ids">;
  /** Whether there can be other processes. */
  readonly isShared: boolean;
  readonly clock: Clock;
  /** Ends the waiting. */
  readonly closing: AbortSignal;
}

export class PostedElsewhere {
  constructor(private readonly parts: PostedElsewhereParts) {}

  /**
   * Resolves when it is decided whether `messageId`, which was no ballot, has become one; false as well if
   * that takes longer than {@link LONGEST_POSTING_MS}, or the bot ends.
   */
  async becomesBallot(channelId: string, messageId: string): Promise<boolean> {
    const { ballots, isShared, clock, closing } = this.parts;
    const age = clock() - SnowflakeUtil.timestampFrom(messageId);
    const canBePosting = isShared && age < LONGEST_POSTING_MS + CLOCKS_APART_MS;
    let left = canBePosting ? LONGEST_POSTING_MS : 0;
    for (let pause = FIRST_PAUSE_MS; left > 0 && !closing.aborted; left -= pause) {
      const isAnnounced = await this.#isAnnounced(channelId, messageId);
      // Looked up afterwards: a ballot is stored in the place of its announcement.
      if ((await ballots.get(messageId)) !== undefined) return true;
      if (!isAnnounced) return false;
      await sleep(pause, undefined, { signal: closing, ref: false }).catch(() => undefined);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
    return false;
  }

  /** A ballot is newer than the message that it answers. */
  async #isAnnounced(channelId: string, messageId: string): Promise<boolean> {
    const announced = await this.parts.ballots.ids({ state: "unposted", channel: channelId });
    return announced.some((belowId) => BigInt(belowId) < BigInt(messageId));
  }
}
