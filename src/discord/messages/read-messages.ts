/** Messages of a channel, read one by one: what Discord sends is checked, and a bad message is skipped. */
import { type Message, Routes, type TextBasedChannel } from "discord.js";
import type { Log } from "../../shared/log.js";
import { isSnowflake } from "./addressing.js";

/** The private part of discord.js that makes a message of Discord's JSON and caches it. */
interface MessageMaking {
  _add(data: unknown): Message;
}

/**
 * At most `limit` messages of `channel` that are newer than `after`, oldest first. One request. Throws
 * discord.js's error.
 */
export async function readMessages(
  channel: TextBasedChannel,
  { after, limit }: { readonly after: string; readonly limit: number },
  log: Log,
): Promise<Message[]> {
  const query = new URLSearchParams({ after, limit: String(limit) });
  const answer: unknown = await channel.client.rest.get(Routes.channelMessages(channel.id), {
    query,
  });
  const newer = (Array.isArray(answer) ? answer : []).filter(
    (raw) =>
      isSnowflake(raw?.id) && BigInt(raw.id) > BigInt(after) && raw.channel_id === channel.id,
  );
  newer.sort((first, second) => (BigInt(first.id) < BigInt(second.id) ? -1 : 1));
  return newer.slice(0, limit).flatMap((raw) => made(channel, raw, log));
}

function made(channel: TextBasedChannel, raw: { readonly id: string }, log: Log): Message[] {
  try {
    return [(channel.messages as unknown as MessageMaking)._add(raw)];
  } catch (error) {
    log.error({ event: "message.unread", messageId: raw.id, channelId: channel.id, err: error });
    return [];
  }
}
