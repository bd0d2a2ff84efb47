/** Several of the product's services on one store, as in as many processes: none caches, each has its own locks. */
import { createServices, type Services } from "../../src/compose.js";
import { readConfig } from "../../src/config.js";
import type { Clock } from "../../src/shared/time.js";
import { isDiscordGuild } from "../../src/store/ids.js";
import { openStore } from "../../src/store/store.js";
import { silentLog } from "./silent-log.js";
import { createTemporaryStore, type EngineName } from "./temporary-store.js";
import { PATIENT_COMPUTE } from "./test-services.js";

export interface SharedServices {
  readonly url: string;
  readonly all: readonly Services[];
  remove(): Promise<void>;
}

/** As many as `count`, on a store of their own. */
export async function createSharedServices(
  engine: EngineName,
  count: number,
  clock: Clock,
): Promise<SharedServices> {
  const temporary = await createTemporaryStore(engine);
  const all: Services[] = [];
  for (let seed = 1; seed <= count; seed++) all.push(await servicesOn(temporary.url, seed, clock));
  return {
    url: temporary.url,
    all,
    remove: async () => {
      for (const services of all) await services.close();
      await temporary.remove();
    },
  };
}

async function servicesOn(url: string, seed: number, clock: Clock): Promise<Services> {
  const config = readConfig({ STORE_URL: url, COMPUTE_THREADS: "1", SEED: String(seed) });
  const scope = { name: "discord", accepts: isDiscordGuild };
  const store = await openStore(url, (error) => {
    throw error;
  });
  return createServices({ config, scope, clock, log: silentLog, store, ...PATIENT_COMPUTE });
}
