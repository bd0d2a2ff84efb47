/**
 * Turns the reactions that wait for one message into its vote, and has the ballot show it. Reactions
 * may come twice, in the wrong order, or before their ballot is in the store.
 */
import { LRUCache } from "lru-cache";
import type { Ballots } from "../../ballots/ballots.js";
import { type ChoiceChange, strayRemovals } from "../../ballots/choices.js";
import type { Votes } from "../../ballots/votes.js";
import type { Log } from "../../shared/log.js";
import type { Choice } from "../../store/records.js";
import { logFailure } from "../gateway/discord-errors.js";
import type { CatchUp } from "./catching-up.js";
import type { PlainAnswers } from "./plain-answers.js";
import type { PostedElsewhere } from "./posted-elsewhere.js";
import type { BallotPosting } from "./posting.js";
import { ReactionQueue, type WaitingReactions } from "./reaction-queue.js";
import type { BallotDisplay } from "./showing.js";
import type { SuperReactions } from "./standing-choices.js";

/** How much later the other of two swapped events may come. */
const DISORDER_MS = 10_000;
const MOST_STRAYS = 1_000;

export interface ReactionHandlerParts {
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly posting: Pick<BallotPosting, "underway">;
  readonly elsewhere: Pick<PostedElsewhere, "becomesBallot">;
  readonly plainAnswers: Pick<PlainAnswers, "has">;
  readonly display: Pick<BallotDisplay, "show">;
  readonly catchUp: Pick<CatchUp, "all" | "ballot">;
  readonly superReactions: SuperReactions;
  readonly work: (task: Promise<void>) => void;
  readonly log: Log;
}

/** The queue for every reaction, of any member and on any message. */
export function createReactionQueue(parts: ReactionHandlerParts): ReactionQueue {
  const strays = new Strays();
  const queue: ReactionQueue = new ReactionQueue({
    count: (waiting) => count(waiting, queue, strays, parts),
    work: parts.work,
    overflowed: async () => {
      parts.log.warn({ event: "reactions.overflowed" });
      await parts.catchUp.all();
    },
  });
  return queue;
}

async function count(
  waiting: WaitingReactions,
  queue: ReactionQueue,
  strays: Strays,
  parts: ReactionHandlerParts,
): Promise<void> {
  const { ballots, votes, posting, display, catchUp, superReactions, work, log } = parts;
  const { messageId, channelId } = waiting;
  if (parts.plainAnswers.has(messageId)) return;
  try {
    // Looked up before the store is read: what is being posted now is in the store later.
    const underway = posting.underway(channelId, messageId);
    const ballot = await ballots.sealed(messageId);
    if (ballot === undefined) {
      const isDecided = underway?.then(() => true);
      work(putBackIf(isDecided ?? parts.elsewhere.becomesBallot(channelId, messageId)));
      return;
    }
    // "Another answer" is chosen by buttons alone.
    if (ballot.source === "another") return;
    const changes = waiting.changes.get(ballot.memberId);
    if (changes === undefined) return;
    const isDoubtful = [
      strays.makeDoubtful(messageId, ballot.choices, changes),
      superReactions.makeDoubtful(messageId, changes),
    ];
    if (isDoubtful.includes(true)) {
      work(catchUp.ballot(messageId));
      return;
    }
    const changed = await votes.follow(messageId, ballot.memberId, changes);
    if (changed === undefined) return;
    // Without the choice: nobody is to read in a log what somebody likes.
    const change = changes.at(-1)!.kind;
    log.info({ event: "vote.changed", change, guildId: changed.guildId, messageId });
    void display.show(messageId);
  } catch (error) {
    logFailure(log, { event: "vote.failed", messageId }, error);
  }

  async function putBackIf(isWorthIt: Promise<boolean>): Promise<void> {
    if (await isWorthIt) queue.putBack(waiting);
  }
}

/**
 * Reactions that were removed before they were added. When one is added after all, the two events may
 * have swapped places, and only Discord knows whether the reaction is there.
 */
class Strays {
  readonly #seen = new LRUCache<string, true>({ max: MOST_STRAYS, ttl: DISORDER_MS });

  makeDoubtful(
    messageId: string,
    choices: readonly Choice[],
    changes: readonly ChoiceChange[],
  ): boolean {
    for (const choice of strayRemovals(choices, changes)) {
      this.#seen.set(`${messageId}:${choice}`, true);
    }
    return changes.some(
      ({ kind, choice }) => kind === "added" && this.#seen.has(`${messageId}:${choice}`),
    );
  }
}
