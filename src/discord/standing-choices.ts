/** Which choices of a ballot stand as reactions of its member. What Discord lists is checked, not trusted. */
import { type Message, type MessageReaction, Routes } from "discord.js";
import type { BallotRecord, Choice } from "../storage/records.js";
import { choiceOfEmoji } from "../voting/choices.js";
import { isSnowflake } from "./addressing.js";

/** As many as Discord lists at once. */
const PAGE = 100;

/**
 * The member's choices among the reactions. Undefined where there are none and the bot's own are
 * gone too: then a moderator cleared them, and nobody took a vote back.
 */
export async function standingChoices(
  message: Message,
  { memberId, unoffered, choices }: BallotRecord,
): Promise<ReadonlySet<Choice> | undefined> {
  const standing = new Set<Choice>();
  let ownSeen = unoffered === true;
  for (const reaction of message.reactions.cache.values()) {
    const choice = choiceOfEmoji(reaction.emoji.name ?? "");
    if (choice === undefined) continue;
    ownSeen ||= reaction.me;
    // Where Discord does not say, what is known stays.
    const stands = (await isReactionOf(reaction, memberId)) ?? choices.includes(choice);
    if (stands) standing.add(choice);
  }
  return ownSeen || standing.size > 0 ? standing : undefined;
}

/** Undefined where the list is none, or ends before the member could have come. One request at most. */
async function isReactionOf(
  reaction: MessageReaction,
  memberId: string,
): Promise<boolean | undefined> {
  // Where the bot is alone there is nobody to ask for.
  if (reaction.me && reaction.count === 1) return false;
  // The list is in the order of ids: it begins with the member, or they are not in it.
  const before = BigInt(memberId) - 1n;
  const userIds = await usersAfter(reaction, before);
  if (userIds === undefined) return undefined;
  if (userIds.includes(memberId)) return true;
  const begins = userIds.every((id) => BigInt(id) > before);
  // Else the server has begun elsewhere, and only a whole list tells.
  return begins || userIds.length >= (reaction.count ?? 0) ? false : undefined;
}

async function usersAfter(
  { message, emoji }: MessageReaction,
  after: bigint,
): Promise<string[] | undefined> {
  const route = Routes.channelMessageReaction(message.channelId, message.id, emoji.identifier);
  const query = new URLSearchParams({ after: String(after), limit: String(PAGE) });
  const answer: unknown = await message.client.rest.get(route, { query });
  if (!Array.isArray(answer)) return undefined;
  const ids: unknown[] = answer.map((user) => user?.id);
  return ids.every(isSnowflake) ? ids : undefined;
}
