/** The HTTP side of the loopback Discord: the few routes that the bot uses, without limits. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type KeptMessage, messagePayload } from "./discord-payloads.js";
import {
  BOT_ID,
  CHANNELS_PER_GUILD,
  channelId as channelIdOf,
  guildId as guildIdOf,
} from "./places.js";

const PREFIX = "/api/v10/";

export interface MessageBody {
  readonly content?: string;
  readonly embeds?: readonly { readonly description?: string }[];
  readonly components?: readonly unknown[];
  readonly message_reference?: { readonly message_id?: string };
}

/** Called with what the bot does. */
export interface BotListener {
  /** Remembers a new message of the bot and tells the gateway. */
  posted(channelId: string, body: MessageBody): KeptMessage;
  edited(channelId: string, messageId: string, body: MessageBody): KeptMessage | undefined;
  reacted(channelId: string, messageId: string, emoji: string): void;
  message(messageId: string): KeptMessage | undefined;
}

export class LoadRest {
  requests = 0;
  readonly #guildOfChannel = new Map<string, string>();

  constructor(
    private readonly listener: BotListener,
    private readonly gatewayUrl: () => string,
    guilds: number,
    private readonly shards: number,
  ) {
    for (let guild = 0; guild < guilds; guild++) {
      for (let channel = 0; channel < CHANNELS_PER_GUILD; channel++) {
        this.#guildOfChannel.set(channelIdOf(guild, channel), guildIdOf(guild));
      }
    }
  }

  guildOf(channelId: string): string {
    return this.#guildOfChannel.get(channelId) ?? "";
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    this.requests++;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [path = ""] = (request.url ?? "").slice(PREFIX.length).split("?");
      const body = Buffer.concat(chunks).toString();
      const answer = this.#answer(request.method ?? "GET", path.split("/"), body);
      if (answer === undefined) {
        response.writeHead(204).end();
        return;
      }
      response.writeHead("code" in answer ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    });
  }

  #answer(method: string, path: readonly string[], body: string): object | undefined {
    const [first, id = "", what, messageId = "", reactions, emoji = ""] = path;
    if (first !== "channels") return this.#application(method, path, body);
    if (what === undefined) return this.#channel(id);
    if (what === "typing") return undefined;
    if (reactions === "reactions") {
      if (method === "GET") return [];
      this.listener.reacted(id, messageId, decodeURIComponent(emoji));
      return undefined;
    }
    if (method === "POST") return messagePayload(this.listener.posted(id, JSON.parse(body)));
    if (method === "DELETE") return undefined;
    const message =
      method === "PATCH"
        ? this.listener.edited(id, messageId, JSON.parse(body))
        : this.listener.message(messageId);
    return message === undefined
      ? { code: 10008, message: "Unknown Message" }
      : messagePayload(message);
  }

  #channel(id: string): object {
    return { id, type: 0, name: "channel", guild_id: this.guildOf(id), permission_overwrites: [] };
  }

  #application(method: string, path: readonly string[], body: string): object {
    const limits = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 16 };
    if (path.join("/") === "gateway/bot") {
      return { url: this.gatewayUrl(), shards: this.shards, session_start_limit: limits };
    }
    if (path.at(-1) === "commands") return method === "PUT" ? JSON.parse(body) : [];
    return { id: BOT_ID, name: "attune", username: "attune", description: "", flags: 0 };
  }
}
