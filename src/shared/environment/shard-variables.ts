/** The environment variables of the shards: how many the bot has, and which this process holds. */
import { z } from "zod";

/** One for 2,500 servers at most: more than anybody needs. */
const MOST_SHARDS = 16_384;

export interface ShardConfig {
  /** How many shards the bot has, over all processes; undefined for as many as Discord recommends. */
  readonly count: number | undefined;
  /** Those of this process, each once; undefined for all. */
  readonly own: readonly number[] | undefined;
}

function shardCount() {
  const message = `should be a whole number from 1 to ${MOST_SHARDS}, or auto`;
  return z
    .string()
    .default("auto")
    .transform((text) => (text === "auto" ? undefined : Number(/^\d+$/.test(text) ? text : 0)))
    .refine((count) => count === undefined || (count >= 1 && count <= MOST_SHARDS), message);
}

/** Reads numbers with commas between them; 0-3 stands for 0,1,2,3. */
function shardList() {
  const message = "should be numbers of shards with commas between them, as 0,1 or 0-3";
  return z
    .string()
    .transform((text) => text.split(",").map((part) => /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part)))
    .transform((parts) =>
      parts.map((part) => part && [Number(part[1]), Number(part[2] ?? part[1])]),
    )
    .refine((ranges) => ranges.every((range) => range !== null && isRange(range)), message)
    .transform((ranges) => ranges.flatMap((range) => numbersIn(range ?? [])));
}

function isRange([from = 0, to = 0]: readonly number[]): boolean {
  return from <= to && to < MOST_SHARDS;
}

function numbersIn([from = 0, to = -1]: readonly number[]): number[] {
  return isRange([from, to]) ? Array.from({ length: to - from + 1 }, (_, at) => from + at) : [];
}

/** The part of the configuration's schema that is about shards. */
export const SHARD_VARIABLES = {
  SHARD_COUNT: shardCount(),
  SHARDS: shardList().optional(),
};

interface ShardValues {
  readonly SHARD_COUNT: number | undefined;
  readonly SHARDS?: readonly number[] | undefined;
}

/** Adds what is wrong with both together. */
export function checkShards(
  { SHARD_COUNT: count, SHARDS: own }: ShardValues,
  context: z.RefinementCtx,
) {
  const problem = own && problemOf(own, count);
  if (problem !== undefined)
    context.addIssue({ code: "custom", path: ["SHARDS"], message: problem });
}

function problemOf(own: readonly number[], count: number | undefined): string | undefined {
  const twice = own.find((shard, at) => own.indexOf(shard) < at);
  if (twice !== undefined) return `should name each shard once, and names ${twice} twice`;
  if (count === undefined) {
    return "needs a number in SHARD_COUNT, the same for every process: what Discord recommends may change from one start to the next";
  }
  const beyond = own.find((shard) => shard >= count);
  if (beyond === undefined) return undefined;
  return `should name shards from 0 to ${count - 1}, for SHARD_COUNT is ${count}, and names ${beyond}`;
}

export function shardConfig({ SHARD_COUNT: count, SHARDS: own }: ShardValues): ShardConfig {
  return { count, own };
}
