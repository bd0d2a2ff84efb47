/** Messages of a channel, read one by one: what Discord sends is checked, and a bad message is skipped. */
import { type Message, Routes, type TextBasedChannel } from "discord.js";
import type { Log } from "../../shared/log.js";
import { isSnowflake } from "./addressing.js";

/** The private part of discord.js that makes a message of Discord's JSON, and may cache it. */
interface MessageMaking {
  _add(data: unknown, cache?: boolean): Message;
}

/** Which messages are read: those newer than one, or those older than one. */
export type ReadOptions = { readonly limit: number } & (
  | { readonly after: string }
  | { readonly before: string; readonly signal: AbortSignal }
);

/**
 * At most `limit` messages of `channel`, oldest first: the oldest ones after a message, or the newest
 * ones before it, which are not cached. One request. Throws discord.js's error.
 */
export async function readMessages(
  channel: TextBasedChannel,
  options: ReadOptions,
  log: Log,
): Promise<Message[]> {
  const { limit } = options;
  const isLater = "after" in options;
  const [side, id] = isLater
    ? (["after", options.after] as const)
    : (["before", options.before] as const);
  const answer: unknown = await channel.client.rest.get(Routes.channelMessages(channel.id), {
    query: new URLSearchParams({ [side]: id, limit: String(limit) }),
    ...(!isLater && { signal: options.signal }),
  });
  const found = (Array.isArray(answer) ? answer : []).filter(
    (raw) =>
      isSnowflake(raw?.id) &&
      BigInt(raw.id) > BigInt(id) === isLater &&
      raw.channel_id === channel.id,
  );
  found.sort((first, second) => (BigInt(first.id) < BigInt(second.id) ? -1 : 1));
  const wanted = isLater ? found.slice(0, limit) : found.slice(-limit);
  return wanted.flatMap((raw) => made(channel, raw, isLater, log));
}

function made(
  channel: TextBasedChannel,
  raw: { readonly id: string },
  cache: boolean,
  log: Log,
): Message[] {
  try {
    return [(channel.messages as unknown as MessageMaking)._add(raw, cache)];
  } catch (error) {
    log.error({ event: "message.unread", messageId: raw.id, channelId: channel.id, err: error });
    return [];
  }
}
