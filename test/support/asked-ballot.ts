/** A ballot on the loopback Discord, as its member sees it. */
import type { Channel, StoredMessage, User } from "./loopback-discord/world.js";
import { isBallot, type RunningBot } from "./running-bot.js";
import { waitFor } from "./wait-for.js";

/** `member`, who has consented, asks in `channel`; resolves when the ballot has its reactions. */
export async function askForBallot(
  { discord }: Pick<RunningBot, "discord">,
  channel: Channel,
  member: User,
  reactions = 4,
): Promise<StoredMessage> {
  const mentionBot = channel.guildId !== undefined;
  const message = discord.say(member, channel, "How do I sleep better?", { mentionBot });
  const [ballot] = await discord.answersTo(message);
  if (!isBallot(ballot!)) throw new Error(`It is no ballot but “${ballot!.content}”.`);
  await waitFor(() => ballot!.reactions.size >= reactions || undefined, "the reactions");
  return ballot!;
}

export function textsOf(ballot: StoredMessage): [a: string, b: string] {
  return ballot.embeds.map(({ description }) => description!) as [string, string];
}

export async function shows(message: StoredMessage, content: string): Promise<void> {
  await waitFor(() => message.content === content || undefined, `it to show “${content}”`);
}

/** The outcomes of all that `member` has voted on the server of `channel`. */
export async function outcomesOf(
  { test }: RunningBot,
  channel: Channel,
  { id }: User,
): Promise<number[]> {
  const found: number[] = [];
  const entries = test.services.store.comparisons.entries(`${channel.guildId}:${id}:`);
  for await (const [, record] of entries) found.push(record.outcome);
  return found;
}
