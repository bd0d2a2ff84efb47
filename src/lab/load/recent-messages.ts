/** The messages of the loopback Discord, as many as are of use. */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { KeptMessage } from "./discord-payloads.js";

const MOST = 20_000;
const DISCORD_EPOCH = 1_420_070_400_000;
const SNOWFLAKES_IN_MS = 4_194_304n;

export class RecentMessages {
  readonly #messages = new Map<string, KeptMessage>();
  /** The ids in a ring, so that one can be drawn. */
  readonly #ids: string[] = [];
  #count = 0;

  keep(content: Omit<KeptMessage, "id">): KeptMessage {
    const message = { id: this.#nextId(), ...content };
    const place = this.#count % MOST;
    const oldest = this.#ids[place];
    if (oldest !== undefined) this.#messages.delete(oldest);
    this.#ids[place] = message.id;
    this.#count++;
    this.#messages.set(message.id, message);
    return message;
  }

  replace(message: KeptMessage): KeptMessage {
    this.#messages.set(message.id, message);
    return message;
  }

  get(id: string): KeptMessage | undefined {
    return this.#messages.get(id);
  }

  any(random: RandomGenerator): KeptMessage | undefined {
    return this.#messages.get(this.#ids[Math.floor(random() * this.#ids.length)] ?? "");
  }

  #nextId(): string {
    const time = BigInt(Date.now() - DISCORD_EPOCH) * SNOWFLAKES_IN_MS;
    return String(time + BigInt(this.#count % Number(SNOWFLAKES_IN_MS)));
  }
}
