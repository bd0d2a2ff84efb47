/** Which choices a ballot's member has under it as reactions. Discord's lists are checked, not trusted. */
import { type Message, type MessageReaction, ReactionType, Routes } from "discord.js";
import { LRUCache } from "lru-cache";
import type { ChoiceChange } from "../../ballots/choices.js";
import { choiceOfEmoji } from "../../ballots/choices.js";
import type { BallotRecord, Choice } from "../../store/records.js";
import { isSnowflake } from "../messages/addressing.js";

/** As many as Discord lists at once. */
const PAGE = 100;
const MOST_REMEMBERED = 10_000;

/**
 * The member's choices among the reactions. Undefined if there are none and the bot's own are gone
 * too: then a moderator cleared them, and nobody took a vote back.
 */
export async function standingChoices(
  message: Message,
  { memberId, unoffered, choices }: BallotRecord,
  superReactions: SuperReactions,
): Promise<ReadonlySet<Choice> | undefined> {
  const standing = new Set<Choice>();
  let ownSeen = unoffered === true;
  for (const reaction of message.reactions.cache.values()) {
    const choice = choiceOfEmoji(reaction.emoji.name ?? "");
    if (choice === undefined) continue;
    ownSeen ||= reaction.me;
    const { plain, burst } = await waysOf(reaction, memberId);
    if (burst === true) superReactions.note(message.id, choice);
    // If Discord does not say, the choice stays as it was.
    const unsaid = plain === undefined || burst === undefined;
    if (plain || burst || (unsaid && choices.includes(choice))) standing.add(choice);
  }
  return ownSeen || standing.size > 0 ? standing : undefined;
}

/** In which ways the member has reacted; undefined if Discord does not say. */
interface Ways {
  readonly plain: boolean | undefined;
  readonly burst: boolean | undefined;
}

/** Discord lists plain and super reactions separately. */
async function waysOf(reaction: MessageReaction, memberId: string): Promise<Ways> {
  const { burst, normal } = reaction.countDetails;
  // A server that does not count the two separately counts plain ones.
  const plain = burst + normal === 0 ? (reaction.count ?? 0) : normal;
  // If only the bot has reacted there is nobody to look for.
  const others = plain - (reaction.me ? 1 : 0);
  return {
    plain: others > 0 && (await isReactionOf(reaction, ReactionType.Normal, plain, memberId)),
    burst: burst > 0 && (await isReactionOf(reaction, ReactionType.Super, burst, memberId)),
  };
}

/** Undefined if there is no list, or it ends before the member's place in it. One request at most. */
async function isReactionOf(
  reaction: MessageReaction,
  type: ReactionType,
  count: number,
  memberId: string,
): Promise<boolean | undefined> {
  // The list is in the order of ids: it begins with the member, or they are not in it.
  const before = BigInt(memberId) - 1n;
  const userIds = await usersAfter(reaction, type, before);
  if (userIds === undefined) return undefined;
  if (userIds.includes(memberId)) return true;
  const begins = userIds.every((id) => BigInt(id) > before);
  // Otherwise the list began elsewhere, and only a complete one is conclusive.
  return begins || userIds.length >= count ? false : undefined;
}

async function usersAfter(
  { message, emoji }: MessageReaction,
  type: ReactionType,
  after: bigint,
): Promise<string[] | undefined> {
  const route = Routes.channelMessageReaction(message.channelId, message.id, emoji.identifier);
  const query = new URLSearchParams({
    type: String(type),
    after: String(after),
    limit: String(PAGE),
  });
  const answer: unknown = await message.client.rest.get(route, { query });
  if (!Array.isArray(answer)) return undefined;
  const ids: unknown[] = answer.map((user) => user?.id);
  return ids.every(isSnowflake) ? ids : undefined;
}

/**
 * Which ballots' members have given a super reaction. They can have one and a plain one of the same
 * emoji, and taking one away leaves the other: then only Discord knows whether the choice stands.
 */
export class SuperReactions {
  readonly #seen = new LRUCache<string, true>({ max: MOST_REMEMBERED });

  /** There is, or was, a super reaction on the member's own ballot. */
  note(messageId: string, choice: Choice): void {
    this.#seen.set(`${messageId}:${choice}`, true);
  }

  /** Whether `changes` remove a choice that may still be there in the other way. Remembers what they add. */
  makeDoubtful(messageId: string, changes: readonly ChoiceChange[]): boolean {
    for (const { isSuper, choice } of changes) if (isSuper) this.note(messageId, choice);
    return changes.some(
      ({ kind, choice }) => kind === "removed" && this.#seen.has(`${messageId}:${choice}`),
    );
  }
}
