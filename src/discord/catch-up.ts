/** Brings open ballots in line with the reactions that stand now: after a time of absence, or a doubt. */
import { type Client, type Message, type MessageReaction, ReactionType } from "discord.js";
import { Coalescer } from "../coalescer.js";
import type { Log } from "../log.js";
import type { BallotRecord, Choice } from "../storage/records.js";
import type { Ballots } from "../voting/ballots.js";
import { choiceOfEmoji } from "../voting/choices.js";
import type { Votes } from "../voting/votes.js";
import type { BallotMessages } from "./ballot-messages.js";
import { logFailure } from "./discord-errors.js";
import { isOutage, outlast } from "./outlast.js";
import type { SuperReactions } from "./super-reactions.js";
import { settleUnposted } from "./unposted-ballots.js";

/** Where Discord is away for longer than {@link outlast} waits, the rest is tried again after this. */
const AGAIN_MS = 60_000;

export interface CatchUpParts {
  readonly client: Client;
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly ballotMessages: BallotMessages;
  readonly superReactions: SuperReactions;
  /** Ends it after the ballot in hand. */
  readonly closing: AbortSignal;
  /** Takes what goes on by itself. */
  readonly work: (task: Promise<void>) => void;
  readonly log: Log;
}

export class CatchUp {
  readonly #runs = new Coalescer();
  #again: NodeJS.Timeout | undefined;

  constructor(private readonly parts: CatchUpParts) {}

  /**
   * Goes through all open ballots, newest first and one after the other, so that answers never
   * wait behind it for Discord's limits. Where one meets an outage that lasts, the others would wait as
   * long each: all are put off.
   */
  all(): Promise<void> {
    return this.#runs.run("all", () => this.#all());
  }

  /** Looks at one ballot. Never throws. */
  async ballot(messageId: string): Promise<void> {
    await this.#look(messageId);
  }

  /** As {@link ballot}. False where Discord was away all the time. */
  async #look(messageId: string): Promise<boolean> {
    let away = false;
    await this.#runs.run(messageId, async () => {
      try {
        await outlast(() => this.#ballot(messageId), this.parts.closing);
      } catch (error) {
        away = isOutage(error);
        logFailure(this.parts.log, { event: "ballot.catch-up-failed", messageId }, error);
      }
    });
    return !away;
  }

  #putOff(ballots: number): void {
    const { closing, log, work } = this.parts;
    log.warn({ event: "ballots.catch-up-put-off", ballots, seconds: AGAIN_MS / 1000 });
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (!closing.aborted) work(this.all());
    }, AGAIN_MS);
    this.#again.unref();
  }

  async #all(): Promise<void> {
    await settleUnposted(this.parts);
    const open: [messageId: string, createdAt: number][] = [];
    for await (const [messageId, { createdAt }] of this.parts.ballots.open()) {
      open.push([messageId, createdAt]);
    }
    open.sort(([, first], [, second]) => second - first);
    for (const [at, [messageId]] of open.entries()) {
      if (this.parts.closing.aborted) return;
      if (await this.#look(messageId)) continue;
      this.#putOff(open.length - at);
      return;
    }
  }

  async #ballot(messageId: string): Promise<void> {
    const { ballots, ballotMessages, client, superReactions, votes } = this.parts;
    const ballot = await ballots.get(messageId);
    if (ballot === undefined) return;
    let seen: Message | undefined;
    try {
      const channel = await client.channels.fetch(ballot.channelId);
      if (!channel?.isTextBased()) return;
      await votes.reconcile(messageId, ballot.memberId, async () => {
        seen = await channel.messages.fetch({ message: messageId, force: true });
        return standingChoices(seen, ballot, superReactions);
      });
    } catch (error) {
      await ballotMessages.giveUpWhereGone(messageId, error);
    }
    // A process died before it had put its reactions under the question.
    if (seen !== undefined && ballot.unoffered) await ballotMessages.offerReactions(seen);
    await ballotMessages.show(messageId, seen);
  }
}

/**
 * The member's choices among the reactions. Undefined where there are none and the bot's own are
 * gone too: then a moderator cleared them, and nobody took a vote back.
 */
async function standingChoices(
  message: Message,
  { memberId, unoffered }: BallotRecord,
  superReactions: SuperReactions,
): Promise<ReadonlySet<Choice> | undefined> {
  const standing = new Set<Choice>();
  let ownSeen = unoffered === true;
  for (const reaction of message.reactions.cache.values()) {
    const choice = choiceOfEmoji(reaction.emoji.name ?? "");
    if (choice === undefined) continue;
    ownSeen ||= reaction.me;
    const kinds = await kindsOf(reaction, memberId);
    if (kinds.length > 0) standing.add(choice);
    if (kinds.includes(ReactionType.Super)) superReactions.note(message.id, choice);
  }
  return ownSeen || standing.size > 0 ? standing : undefined;
}

/** Plain, super, both or none: Discord lists those who reacted apart. */
async function kindsOf(reaction: MessageReaction, memberId: string): Promise<ReactionType[]> {
  const { burst, normal } = reaction.countDetails;
  // A server that does not count the two apart counts plain ones.
  const plain = burst + normal === 0 ? reaction.count : normal;
  const kinds: ReactionType[] = [];
  // Where the bot is alone there is nobody to ask for.
  if (
    plain > (reaction.me ? 1 : 0) &&
    (await isReactionOf(reaction, ReactionType.Normal, memberId))
  ) {
    kinds.push(ReactionType.Normal);
  }
  if (burst > 0 && (await isReactionOf(reaction, ReactionType.Super, memberId))) {
    kinds.push(ReactionType.Super);
  }
  return kinds;
}

async function isReactionOf(
  reaction: MessageReaction,
  type: ReactionType,
  memberId: string,
): Promise<boolean> {
  // One request for one member: the first user after the id just below theirs.
  const after = (BigInt(memberId) - 1n).toString();
  const users = await reaction.users.fetch({ type, after, limit: 1 });
  return users.has(memberId);
}
