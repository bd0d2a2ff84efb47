/**
 * Polls in messages of channels that the bot does not know, which a member points at: discord.js can't
 * make such a message, so the poll becomes words of it.
 */
import { type Client, GatewayDispatchEvents } from "discord.js";
import type { Packet } from "./unknown-channels.js";

/** As far as it is read here; anything may be missing. */
interface PointedAt {
  readonly channel_id?: string;
  content?: unknown;
  poll?: {
    readonly question?: { readonly text?: string };
    readonly answers?: readonly { readonly poll_media?: { readonly text?: string } }[];
  };
}

/** Puts such polls of an interaction's `packet` into words. */
export function putPollsIntoWords(packet: Packet | undefined, client: Client): void {
  if (packet?.t !== GatewayDispatchEvents.InteractionCreate) return;
  const data = packet.d as { data?: { resolved?: { messages?: Record<string, PointedAt> } } };
  for (const message of Object.values(data?.data?.resolved?.messages ?? {})) {
    if (!message?.poll || client.channels.cache.has(message.channel_id ?? "")) continue;
    const { question, answers } = message.poll;
    const choices = Array.isArray(answers) ? answers : [];
    const lines = choices.map((one) => `- ${one?.poll_media?.text ?? ""}`);
    const said = typeof message.content === "string" ? message.content : "";
    message.content = [said, `Poll: ${question?.text ?? ""}`, ...lines].join("\n").trim();
    delete message.poll;
  }
}
