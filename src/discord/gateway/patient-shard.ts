/**
 * Mends what discord.js' connection does when Discord is unwell: it gives up at the first refusal but
 * goes on unseen, tries twice a second for ever, and leaves an earlier connection's heartbeat running.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { GatewayCloseCodes } from "discord.js";
import type { ConnectionLog } from "./connection-log.js";

interface Socket {
  readonly readyState: number;
  on?(name: "error", listener: () => void): unknown;
}

/** The library's shard, half of it private; {@link isShard} checks that it still looks like this. */
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
/** A session is resumed on its own server, which may be down while others are up. */
const MOST_RESUMES = 4;

/** After these close codes Discord accepts no new connection. */
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

/** Milliseconds before try number `attempt`, from 0: longer each time, with a random part. */
export function pauseBefore(attempt: number): number {
  if (attempt < 2) return 0;
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  return most * (0.5 + Math.random() / 2);
}

/**
 * Gives every socket of `shard` an error listener that stays: the library removes its own from a socket
 * that is still connecting, and an error then would end the process.
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

/** Makes `shard` try to connect until `ended`, and log it. */
export function makePatient(shard: Shard, log: ConnectionLog, ended: AbortSignal): void {
  let attempts = 0;
  let gotHello = false;
  let lastError: unknown;
  const { internalConnect, heartbeat } = shard;
  catchLateErrors(shard);
  const isUp = () => {
    attempts = 0;
    lastError = undefined;
    log.up();
  };
  shard.on("ready", isUp);
  shard.on("resumed", isUp);
  shard.on("hello", () => {
    gotHello = true;
  });
  shard.on("closed", ({ code }) => {
    if (!ended.aborted && !FOR_GOOD.has(code)) log.lost(code);
  });
  // A socket closes after an error; the library takes the first error for the end of everything.
  shard.onError = (error) => {
    lastError = error;
  };
  shard.internalConnect = async () => {
    for (;;) {
      const attempt = attempts++;
      // After an invalid session another one follows at once: nothing has failed then.
      if (attempt > 1 || (attempt === 1 && !gotHello)) log.failed(lastError);
      gotHello = false;
      if (attempt >= MOST_RESUMES) await shard.strategy.updateSessionInfo(shard.id, null);
      await sleep(pauseBefore(attempt), undefined, { signal: ended }).catch(() => undefined);
      if (ended.aborted) return;
      try {
        await internalConnect.call(shard);
        return;
      } catch (error) {
        lastError = error;
        // Another try is under way, which logs how it ends.
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
    // The caller would start a timer for a connection that is gone, and nothing would stop it.
    const isOpen = shard.connection === connection && connection?.readyState === OPEN;
    if (!isOpen) await new Promise<never>(() => undefined);
  };
}
