/** Several of the product's services on one store, as in as many processes: none caches, each has its own locks. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServices, type Services } from "../../src/compose.js";
import { readConfig } from "../../src/config.js";
import type { Clock } from "../../src/shared/time.js";
import { isDiscordGuild } from "../../src/store/ids.js";
import { openStore } from "../../src/store/store.js";
import { silentLog } from "./silent-log.js";

export interface SharedServices {
  readonly url: string;
  readonly all: readonly Services[];
  remove(): Promise<void>;
}

/** As many as `count`, in one SQLite file of their own. */
export async function createSharedServices(
  count: number,
  clock: Clock = Date.now,
): Promise<SharedServices> {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const url = `sqlite://${join(folder, "attune.sqlite")}`;
  const all: Services[] = [];
  for (let at = 0; at < count; at++) all.push(await servicesOn(url, at + 1, clock));
  return {
    url,
    all,
    remove: async () => {
      for (const services of all) await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Services on a store that others may use as well. */
export async function servicesOn(
  url: string,
  seed: number,
  clock: Clock = Date.now,
): Promise<Services> {
  const config = readConfig({ STORE_URL: url, COMPUTE_THREADS: "1", SEED: String(seed) });
  const scope = { name: "discord", accepts: isDiscordGuild };
  const store = await openStore(url, (error) => {
    throw error;
  });
  return createServices({ config, scope, clock, log: silentLog, store });
}
