/**
 * Servers on which nobody speaks to the bot: what it hears of them all the same. Without the intents for
 * typing, presences and the content of messages, these are messages without words, edits, deletions,
 * reactions and changes of channels. The shares are a guess at a chat of ordinary size.
 */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { LoadGateway } from "./discord-gateway.js";
import { memberPayload, memberWithUser, userPayload } from "./discord-payloads.js";
import { CHANNELS_OF_QUIET, guildId, memberId, quietChannelId } from "./places.js";

/** Of the events, from the first to the last. */
const SHARES = [
  ["written", 0.7],
  ["edited", 0.1],
  ["reacted", 0.12],
  ["deleted", 0.05],
  ["renamed", 0.03],
] as const;
const REPLY_SHARE = 0.25;
const MENTION_SHARE = 0.15;
const MESSAGE_BASE = 910_000_000_000_000_000n;
/** Later events are about messages that are so new, so that the bot may still have them. */
const RECENT = 2_000;

type Kind = (typeof SHARES)[number][0];

interface Place {
  readonly guild_id: string;
  readonly channel_id: string;
}

export class QuietServers {
  #written = 0;
  readonly #recent: (Place & { readonly id: string })[] = [];

  /** `count` of them, with the numbers from `first` on. */
  constructor(
    private readonly gateway: Pick<LoadGateway, "dispatch">,
    private readonly first: number,
    private readonly count: number,
    private readonly random: RandomGenerator,
  ) {}

  /** Something happens on one of them. */
  happen(): void {
    const kind = this.#draw();
    const recent = this.#recent[this.#below(this.#recent.length)];
    if (kind === "written" || recent === undefined) this.#write();
    else if (kind === "edited") this.gateway.dispatch("MESSAGE_UPDATE", this.#message(recent));
    else if (kind === "reacted")
      this.gateway.dispatch("MESSAGE_REACTION_ADD", this.#reaction(recent));
    else if (kind === "deleted") this.gateway.dispatch("MESSAGE_DELETE", recent);
    else this.gateway.dispatch("CHANNEL_UPDATE", this.#channel(recent));
  }

  #write(): void {
    const id = String(MESSAGE_BASE + BigInt(this.#written));
    const message = { id, ...this.#place() };
    this.#recent[this.#written % RECENT] = message;
    this.#written++;
    this.gateway.dispatch("MESSAGE_CREATE", this.#message(message));
  }

  #place(): Place {
    const guild = this.first + this.#below(this.count);
    return {
      guild_id: guildId(guild),
      channel_id: quietChannelId(guild, this.#below(CHANNELS_OF_QUIET)),
    };
  }

  /** What a bot is shown that may not read it. */
  #message({ id, ...place }: Place & { readonly id: string }) {
    const replied =
      this.random() < REPLY_SHARE ? this.#hidden(`${id.slice(0, -1)}0`, place) : undefined;
    return {
      ...this.#hidden(id, place),
      guild_id: place.guild_id,
      channel_type: 0,
      member: memberPayload(),
      mentions: this.random() < MENTION_SHARE ? [this.#somebody()] : [],
      ...(replied && {
        type: 19,
        message_reference: { type: 0, message_id: replied.id, channel_id: place.channel_id },
        referenced_message: replied,
      }),
    };
  }

  #hidden(id: string, { channel_id }: Place) {
    return {
      id,
      channel_id,
      type: 0,
      author: this.#somebody(),
      content: "",
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      embeds: [],
      components: [],
      pinned: false,
      flags: 0,
    };
  }

  #reaction({ id, ...place }: Place & { readonly id: string }) {
    const member = this.#below(1_000_000);
    return {
      ...place,
      message_id: id,
      user_id: memberId(member),
      member: memberWithUser(member),
      message_author_id: memberId(this.#below(1_000_000)),
      emoji: { id: null, name: "👍" },
      burst: false,
      type: 0,
    };
  }

  #channel({ guild_id, channel_id }: Place) {
    const overwrites = { permission_overwrites: [], parent_id: null };
    return {
      id: channel_id,
      guild_id,
      type: 0,
      name: "renamed",
      nsfw: false,
      position: 1,
      ...overwrites,
    };
  }

  #somebody() {
    return userPayload(this.#below(1_000_000));
  }

  #draw(): Kind {
    let left = this.random();
    for (const [kind, share] of SHARES) {
      left -= share;
      if (left < 0) return kind;
    }
    return "written";
  }

  #below(count: number): number {
    return Math.floor(this.random() * count);
  }
}
