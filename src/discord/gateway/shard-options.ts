/** Which shards the client connects, in discord.js' own terms. */
import type { ClientOptions } from "discord.js";
import type { ShardConfig } from "../../shared/environment/shard-variables.js";

/** discord.js puts Discord's number in its place; with its default of 1 it would look for one by itself. */
const ANY_COUNT = 2;

/** All shards, as many as Discord recommends. */
export const ALL_SHARDS: ShardConfig = { count: undefined, own: undefined };

/** Call it before the client is made: discord.js reads both variables too, and knows neither `auto` nor `0-3`. */
export function shardOptions({
  count,
  own,
}: ShardConfig): Pick<ClientOptions, "shards" | "shardCount"> {
  for (const name of ["SHARDS", "SHARD_COUNT"]) Reflect.deleteProperty(process.env, name);
  if (count === undefined) return { shards: "auto", shardCount: ANY_COUNT };
  return { shards: [...(own ?? Array(count).keys())], shardCount: count };
}
