/** The product's own services on a temporary store, with real worker threads. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServices, type Services } from "../../src/compose.js";
import { type Config, readConfig } from "../../src/config.js";
import type { Log } from "../../src/shared/log.js";
import type { Clock } from "../../src/shared/time.js";
import { isDiscordGuild } from "../../src/store/ids.js";
import { silentLog } from "./silent-log.js";

/** A machine that is busy with other tests may stand still for longer than the product allows. */
export const PATIENT_COMPUTE = { interactiveTimeoutMs: 5 * 60_000 } as const;

export interface TestServices {
  readonly config: Config;
  services: Services;
  /** Closes everything and starts again on the same file, as a restart does, with other settings and another log where given. */
  restart(environment?: NodeJS.ProcessEnv, log?: Log): Promise<Services>;
  remove(): Promise<void>;
}

/** `environment` overrides the test's few settings; without a language model the deck answers. */
export async function createTestServices(
  environment: NodeJS.ProcessEnv = {},
  clock: Clock = Date.now,
  log: Log = silentLog,
): Promise<TestServices> {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const settings = {
    STORE_URL: `sqlite://${join(folder, "attune.sqlite")}`,
    COMPUTE_THREADS: "1",
    SEED: "1",
    ...environment,
  };
  const scope = { name: "discord", accepts: isDiscordGuild };
  const start = (config: Config, log: Log) =>
    createServices({ config, scope, clock, log, ...PATIENT_COMPUTE });
  const config = readConfig(settings);
  const test: TestServices = {
    config,
    services: await start(config, log),
    restart: async (changed, newLog = log) => {
      await test.services.close();
      test.services = await start(readConfig({ ...settings, ...changed }), newLog);
      return test.services;
    },
    remove: async () => {
      await test.services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return test;
}
