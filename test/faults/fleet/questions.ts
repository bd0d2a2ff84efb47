/**
 * Which questions were asked and which were answered: none twice, and all but those that fell with the process
 * that had taken them. What no process has taken, another one finds.
 */

import { unfinished } from "../../../src/discord/messages/waiting-mark.js";
import { shardOf } from "../../../src/guilds/shards.js";
import type { Store } from "../../../src/store/store.js";
import type { LoopbackDiscord } from "../../support/loopback-discord/loopback-discord.js";
import type { StoredMessage } from "../../support/loopback-discord/world.js";

interface Asked {
  readonly message: StoredMessage;
  readonly shard: number;
  /** How often the shard had been connected; undefined while it was not. */
  readonly session: number | undefined;
}

export class Questions {
  asked = 0;
  /** Taken by a process that lost its shard or its life before it answered. */
  fallen = 0;
  #open: Asked[] = [];

  constructor(
    private readonly claims: Pick<Store["messageClaims"], "has">,
    private readonly discord: LoopbackDiscord,
    private readonly shards: number,
  ) {}

  /** The same Discord; what members say there is noted. */
  get noting(): LoopbackDiscord {
    return {
      ...this.discord,
      say: (author, channel, text, options) => {
        const shard = shardOf(channel.guildId!, this.shards);
        const session = this.#sessionOf(shard);
        const message = this.discord.say(author, channel, text, options);
        this.#open.push({ message, shard, session });
        this.asked++;
        return message;
      },
    };
  }

  /** What is wrong with the questions since the last {@link settle}. */
  async look(): Promise<string[]> {
    const answers = this.#answers();
    const wrong: string[] = [];
    for (const { message, shard, session } of this.#open) {
      const { id, content } = message;
      const count = answers.get(id) ?? 0;
      if (count === 1) continue;
      if (count > 1) wrong.push(`${count} answers to ${id}: ${content}`);
      else if (!(await this.claims.has(id))) wrong.push(`nobody has taken ${id}: ${content}`);
      else if (session !== undefined && session === this.#sessionOf(shard)) {
        wrong.push(`no answer to ${id} by the process that took it and goes on: ${content}`);
      }
    }
    return wrong;
  }

  /**
   * Leaves alone from now on what was answered, since the claim and a ballot in the answer may be lost. Returns how
   * many were answered more than once.
   */
  acceptLosses(): number {
    const answers = this.#answers();
    const countOf = ({ message }: Asked) => answers.get(message.id) ?? 0;
    const twice = this.#open.filter((asked) => countOf(asked) > 1).length;
    this.#open = this.#open.filter((asked) => countOf(asked) === 0);
    return twice;
  }

  /** Once everything is right. What was said is scrolled away, except for `kept`. */
  settle(kept: ReadonlySet<StoredMessage>): void {
    const { messages } = this.discord.world;
    const answers = this.#answers();
    this.fallen += this.#open.filter(({ message }) => !answers.has(message.id)).length;
    const asked = new Set(this.#open.map(({ message }) => message.id));
    for (const message of messages.values()) {
      const isOver = asked.has(message.id) || asked.has(message.repliesTo ?? "");
      if (isOver && !kept.has(message)) messages.delete(message.id);
    }
    this.#open = [];
  }

  #sessionOf(shard: number): number | undefined {
    const { shards, identified } = this.discord.gateway;
    if (!shards.some(([id]) => id === shard)) return undefined;
    return identified.filter(([id]) => id === shard).length;
  }

  #answers(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { author, content, repliesTo } of this.discord.world.messages.values()) {
      if (!author.bot || repliesTo === undefined || unfinished(content) !== undefined) continue;
      counts.set(repliesTo, (counts.get(repliesTo) ?? 0) + 1);
    }
    return counts;
  }
}
