/** Serves the shards that are this process's turn, for as long as they are. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ServicesOptions } from "../compose.js";
import type { DiscordConfig } from "../config.js";
import type { Bot } from "../discord/gateway/bot.js";
import type { DiscordClosedError } from "../discord/gateway/connection-errors.js";
import { type Holding, holdShards, ShardsLostError } from "../discord/gateway/held-shards.js";
import type { OwnShards } from "../guilds/shards.js";
import type { Metrics } from "../observability/metrics.js";

/** Who has lost shards lets those go first who stand by, and look more often than this. */
const OTHERS_FIRST_MS = 2_000;

export interface ServingParts {
  readonly discord: DiscordConfig;
  readonly options: ServicesOptions;
  readonly services: { readonly metrics: Metrics; readonly shards: OwnShards };
  readonly startBot: (holding: Holding) => Promise<Bot>;
}

export interface Serving {
  /** Resolves when Discord has closed the connection for good. */
  readonly closed: Promise<DiscordClosedError>;
  /** Leaves Discord, then gives the shards to who waits for them. */
  stop(): Promise<void>;
}

/** Begins at once, as a standby while others have the shards. */
export function serveShards(parts: ServingParts): Serving {
  const stopping = new AbortController();
  let bot: Bot | undefined;
  let held: Holding | undefined;
  const closed = serve(parts, stopping.signal, (nextHeld, nextBot) => {
    held = nextHeld;
    bot = nextBot;
  });
  return {
    closed,
    stop: async () => {
      stopping.abort();
      await bot?.stop();
      await held?.release();
    },
  };
}

async function serve(
  { discord, options, services, startBot }: ServingParts,
  stopping: AbortSignal,
  now: (held: Holding | undefined, bot: Bot | undefined) => void,
): Promise<DiscordClosedError> {
  const { config, log } = options;
  const { readings } = services.metrics;
  const { token, shards: wanted } = discord;
  // Where everything is stored in a file, nobody waits for this to be loaded.
  const { openPostgresLocks } = await import("../store/postgres/session-locks.js");
  const openLocks = () => openPostgresLocks(config.storeUrl);
  let next: Holding | undefined;
  for (;;) {
    if (next === undefined) {
      readings.gatewayNeeded = () => false;
      next = await holdShards({ token, wanted, openLocks, log }, stopping);
      // The process ends.
      if (next === undefined) return new Promise<never>(() => undefined);
    }
    readings.gatewayNeeded = () => true;
    now(next, undefined);
    const held = next;
    const bot = await startBot(held).catch(unlessLost);
    now(held, bot);
    const end = new AbortController();
    const outcome = await Promise.race([
      ...(bot ? [bot.closed, held.more(AbortSignal.any([end.signal, stopping]))] : []),
      held.lost.then(() => undefined),
    ]);
    end.abort();
    if (stopping.aborted) return new Promise<never>(() => undefined);
    if (outcome instanceof Error) return outcome;
    services.shards.clear();
    if (outcome === undefined) {
      log.error({ event: "shards.lost" });
      await bot?.leave();
      await held.release();
      await sleep(OTHERS_FIRST_MS, undefined, { signal: stopping }).catch(() => undefined);
    } else await bot?.stop();
    next = outcome;
  }
}

/** Undefined for a bot that has lost its shards before it was ready; other errors are thrown again. */
function unlessLost(error: unknown): undefined {
  if (!(error instanceof ShardsLostError)) throw error;
}
