/**
 * Mends what discord.js' connection does when Discord is unwell: it gives up at the first refusal and goes
 * on in secret, tries for ever twice a second, and lets a timer of an earlier connection beat on.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { GatewayCloseCodes } from "discord.js";
import type { ConnectionLog } from "./connection-log.js";

interface Socket {
  readonly readyState: number;
  on?(name: "error", listener: () => void): unknown;
}

/** The library's shard, half of which is private there; {@link isShard} says whether it is still so. */
export interface Shard {
  readonly id: number;
  readonly status: number;
  readonly strategy: { updateSessionInfo(shardId: number, session: null): unknown };
  connection: Socket | null;
  internalConnect(): Promise<void>;
  heartbeat(requested?: boolean): Promise<void>;
  onError(error: Error): void;
  on(name: string, listener: (payload: { code: number }) => void): unknown;
}

const IDLE = 0;
const OPEN = 1;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A session is resumed where it was, which may be gone while others are well. */
const MOST_RESUMES = 4;

/** After these Discord wants no new connection. */
const FOR_GOOD: ReadonlySet<number> = new Set([
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

/** Whether `value` has what is mended here. */
export function isShard(value: unknown): value is Shard {
  const shard = value as Partial<Shard> | undefined;
  return [shard?.internalConnect, shard?.heartbeat, shard?.onError].every(
    (method) => typeof method === "function",
  );
}

/** Milliseconds before try number `attempt`, from 0; each longer than the one before, none the same. */
export function pauseBefore(attempt: number): number {
  if (attempt < 2) return 0;
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  return most * (0.5 + Math.random() / 2);
}

/**
 * Gives every socket of `shard` a listener of errors that stays: the library takes its own away from one that is
 * still being made, and what then goes wrong would end the process.
 */
function catchLateErrors(shard: Shard): void {
  let current = shard.connection;
  Object.defineProperty(shard, "connection", {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (socket: Socket | null) => {
      socket?.on?.("error", () => undefined);
      current = socket;
    },
  });
}

/** Makes `shard` try until `ended`, and tell `told` of it. */
export function makePatient(shard: Shard, told: ConnectionLog, ended: AbortSignal): void {
  let attempts = 0;
  let heardHello = false;
  let lastError: unknown;
  const { internalConnect, heartbeat } = shard;
  catchLateErrors(shard);
  const isUp = () => {
    attempts = 0;
    lastError = undefined;
    told.up();
  };
  shard.on("ready", isUp);
  shard.on("resumed", isUp);
  shard.on("hello", () => {
    heardHello = true;
  });
  shard.on("closed", ({ code }) => {
    if (!ended.aborted && !FOR_GOOD.has(code)) told.lost(code);
  });
  // An error of the socket is followed by its end; the library takes the first one for the end of all.
  shard.onError = (error) => {
    lastError = error;
  };
  shard.internalConnect = async () => {
    for (;;) {
      const attempt = attempts++;
      // A session that is invalid is followed by another one at once: nothing has failed then.
      if (attempt > 1 || (attempt === 1 && !heardHello)) told.failed(lastError);
      heardHello = false;
      if (attempt >= MOST_RESUMES) await shard.strategy.updateSessionInfo(shard.id, null);
      await sleep(pauseBefore(attempt), undefined, { signal: ended }).catch(() => undefined);
      if (ended.aborted) return;
      try {
        await internalConnect.call(shard);
        return;
      } catch (error) {
        lastError = error;
        // Another try is under way, which tells how it ends.
        if (shard.status !== IDLE) return;
      }
    }
  };
  shard.heartbeat = async (requested) => {
    const { connection } = shard;
    try {
      if (connection?.readyState === OPEN) await heartbeat.call(shard, requested);
    } catch (error) {
      lastError = error;
    }
    // Whoever waits for it would start a timer for a connection that is gone, which nothing stops.
    const stands = shard.connection === connection && connection?.readyState === OPEN;
    if (!stands) await new Promise<never>(() => undefined);
  };
}
