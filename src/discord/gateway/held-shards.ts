/**
 * Which shards a process serves, where several could: those whose locks it holds. A process that finds
 * all taken stands by, and takes over what becomes free.
 */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ShardConfig } from "../../shared/environment/shard-variables.js";
import type { Log } from "../../shared/log.js";
import type { SessionLocks } from "../../store/session-locks.js";

const LOOK_EVERY_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

export interface HeldShardsParts {
  readonly token: string;
  /** Those that this process may serve. */
  readonly wanted: ShardConfig;
  /** A new session with the database. */
  readonly openLocks: () => Promise<SessionLocks>;
  readonly log: Log;
}

/** The shards may be another process's by now. */
export class ShardsLostError extends Error {
  override readonly name = "ShardsLostError";

  constructor() {
    super("The shards are no longer held by this process.");
  }
}

/** What this process holds until it is released or lost. */
export interface Holding {
  readonly shards: ShardConfig;
  isHeld(): boolean;
  readonly lost: Promise<void>;
  /** Resolves when more of the wanted shards have become free, and are held as well. */
  more(signal: AbortSignal): Promise<Holding>;
  release(): Promise<void>;
}

/** Waits until at least one of the wanted shards is free; undefined once `signal` is aborted. */
export async function holdShards(
  parts: HeldShardsParts,
  signal: AbortSignal,
): Promise<Holding | undefined> {
  const names = namesOf(parts);
  const { log } = parts;
  let toldOfWaiting = false;
  for (let pause = LOOK_EVERY_MS; !signal.aborted; ) {
    let locks: SessionLocks | undefined;
    try {
      locks = await parts.openLocks();
      while (!signal.aborted && locks.isHeld()) {
        const taken = await locks.take([...names.keys()]);
        if (signal.aborted) break;
        if (taken.length > 0) return holding(locks, names, new Set(taken), parts);
        if (!toldOfWaiting) log.info({ event: "shards.standby" });
        toldOfWaiting = true;
        pause = LOOK_EVERY_MS;
        await rest(pause, signal);
      }
      await locks.release();
    } catch (error) {
      log.error({ event: "shards.unlocked", err: error });
      // What was taken by a question whose answer did not come would be nobody's for good.
      await locks?.release();
      await rest(pause, signal);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }
  return undefined;
}

function holding(
  locks: SessionLocks,
  names: ReadonlyMap<string, number | undefined>,
  held: ReadonlySet<string>,
  parts: HeldShardsParts,
): Holding {
  const own = [...held].map((name) => names.get(name)).filter((shard) => shard !== undefined);
  const { count } = parts.wanted;
  const shards = count === undefined ? parts.wanted : { count, own };
  parts.log.info({ event: "shards.held", ...(count !== undefined && { shards: own }) });
  const free = [...names.keys()].filter((name) => !held.has(name));
  return {
    shards,
    isHeld: () => locks.isHeld(),
    lost: locks.lost,
    more: async (signal) => {
      while (free.length > 0 && !signal.aborted) {
        await rest(LOOK_EVERY_MS, signal);
        const taken = signal.aborted ? [] : await locks.take(free).catch(() => []);
        if (taken.length > 0) return holding(locks, names, new Set([...held, ...taken]), parts);
      }
      return new Promise<never>(() => undefined);
    },
    release: () => locks.release(),
  };
}

/** The locks' names; one for all shards as long as their number is Discord's to say. */
function namesOf({ token, wanted }: HeldShardsParts): Map<string, number | undefined> {
  const { count, own } = wanted;
  // Its first part is the application's id, which a new token keeps.
  const application = createHash("sha256").update(token.split(".")[0]!).digest("base64url");
  if (count === undefined) return new Map([[`shards ${application}`, undefined]]);
  const shards = own ?? [...Array(count).keys()];
  return new Map(shards.map((shard) => [`shard ${application} ${shard} of ${count}`, shard]));
}

function rest(milliseconds: number, signal: AbortSignal): Promise<unknown> {
  return sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
