/**
 * Which servers are this process's: Discord spreads them over shards by their ids, direct messages on
 * shard 0, and a process holds some of the shards. Knows no connection.
 */

/** Of a server's id the upper bits are the time at which it was made. */
const TIME_SHIFT = 22n;
const SNOWFLAKE = /^\d{1,20}$/;
/** Everything else that belongs to no server as well. */
export const SHARD_OF_DIRECT_MESSAGES = 0;

/**
 * The shard out of `count` on which the events of a server arrive; 0 for direct messages, and for what is
 * no id of Discord's. The formula is Discord's.
 */
export function shardOf(guildId: string, count: number): number {
  if (!SNOWFLAKE.test(guildId)) return SHARD_OF_DIRECT_MESSAGES;
  return Number((BigInt(guildId) >> TIME_SHIFT) % BigInt(count));
}

/** The shards that this process holds and whose servers it knows. */
export class OwnShards {
  readonly #ids = new Set<number>();
  #count = 1;

  /** Shard `id` out of `count` is held, and Discord has said which servers are on it. */
  add(id: number, count: number): void {
    this.#count = count;
    this.#ids.add(id);
  }

  /** None is held any more. */
  clear(): void {
    this.#ids.clear();
  }

  /** How many shards the bot has, over all processes. */
  get count(): number {
    return this.#count;
  }

  get ids(): readonly number[] {
    return [...this.#ids].sort((first, second) => first - second);
  }

  /** Whether what happens on the server, or in direct messages, reaches this process and no other. */
  isOurs(guildId: string): boolean {
    return this.#ids.has(shardOf(guildId, this.#count));
  }

  isOn(shard: number, guildId: string): boolean {
    return shardOf(guildId, this.#count) === shard;
  }

  /** Whether this process does what one alone may do. */
  get isFirst(): boolean {
    return this.#ids.has(SHARD_OF_DIRECT_MESSAGES);
  }

  /** Whether no other process serves anybody. */
  get isAll(): boolean {
    return this.#ids.size === this.#count;
  }

  /** How many servers the bot is on, about, where this process sees `servers`: Discord spreads them evenly. */
  everywhere(servers: number): number {
    return this.#ids.size === 0 ? servers : Math.ceil((servers * this.#count) / this.#ids.size);
  }
}
