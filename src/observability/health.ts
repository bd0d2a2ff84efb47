/**
 * Whether the bot can do its work: it is connected to Discord, and the store can be written. Knows neither;
 * both come in as checks.
 */
import type { Clock } from "../shared/time.js";

/** What is wrong, in a few words; undefined if nothing is. */
export type HealthCheck = () => Promise<string | undefined>;

export interface Health {
  readonly status: "ok" | "unhealthy";
  /** By check; empty if all is well. */
  readonly problems: Readonly<Record<string, string>>;
}

/** However often it is asked, the disk is tried only so often. */
const TRY_EVERY_MS = 5_000;
/** A store that takes longer is of no use to a member who waits. */
const LONGEST_WRITE_MS = 3_000;
const UNWRITABLE = "cannot be written: see store.error in the log";

/** Runs every check at once. */
export async function healthOf(checks: Readonly<Record<string, HealthCheck>>): Promise<Health> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await check()] as const),
  );
  const problems = Object.fromEntries(
    results.filter((result): result is [string, string] => result[1] !== undefined),
  );
  return { status: Object.keys(problems).length === 0 ? "ok" : "unhealthy", problems };
}

/** Whether `tryToWrite` resolves. Reading would tell nothing about a full disk. */
export function storeCheck(tryToWrite: () => Promise<void>, clock: Clock): HealthCheck {
  let last: Promise<string | undefined> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (last === undefined || clock() - triedAt >= TRY_EVERY_MS) {
      triedAt = clock();
      last = within(LONGEST_WRITE_MS, tryToWrite());
    }
    return last;
  };
}

async function within(milliseconds: number, writing: Promise<void>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, milliseconds, `takes longer than ${milliseconds} ms to write`);
  });
  try {
    return await Promise.race([
      late,
      writing.then(
        () => undefined,
        () => UNWRITABLE,
      ),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
