/**
 * Replies to a message as discord.js does, without its looking up modules of its own by name for every
 * message: that takes longer than the rest of it.
 */
import { type Message, MessagePayload, type MessageReplyOptions, Routes } from "discord.js";

/** The cache of a channel's messages. It is private and may change. */
interface MessageCache {
  _add?: (data: unknown) => Message;
}

/** Replies to `target`, once. Throws discord.js's error if Discord refuses, or is away. */
export async function replyTo(target: Message, options: MessageReplyOptions): Promise<Message> {
  const reply = { messageReference: target, failIfNotExists: false };
  const payload = new ReplyPayload(target, { ...options, reply });
  // None once the channel is gone: discord.js has an error for that.
  const messages = (target.channel as Message["channel"] | null)?.messages;
  const cache = messages as MessageCache | undefined;
  if (messages === undefined || cache?._add === undefined) return target.reply(payload);
  const { body, files } = await payload.resolveBody().resolveFiles();
  const route = Routes.channelMessages(target.channelId);
  const data = (await target.client.rest.post(route, {
    body,
    ...(files && { files }),
  })) as { readonly id: string };
  return messages.cache.get(data.id) ?? cache._add(data);
}

/** Says what its target is by itself. */
class ReplyPayload extends MessagePayload {
  override get isInteraction(): boolean {
    return false;
  }

  override get isWebhook(): boolean {
    return false;
  }

  override get isMessage(): boolean {
    return true;
  }
}
