/** `npm run health`: asks the running bot how it is, and ends with 0 where it is well. For containers and scripts. */
import { isIPv6 } from "node:net";
import { loadEnvironment, readConfig } from "./config.js";

const LONGEST_WAIT_MS = 4_000;
/** Addresses to listen on everywhere, and where to reach what listens there. */
const EVERYWHERE: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

try {
  const { watching } = readConfig(loadEnvironment());
  if (watching === undefined) {
    throw new Error("METRICS_PORT is empty: the bot tells nobody how it is.");
  }
  const host = EVERYWHERE[watching.host] ?? watching.host;
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${watching.port}/healthz`;
  const response = await fetch(url, { signal: AbortSignal.timeout(LONGEST_WAIT_MS) }).catch(
    (cause: unknown) => {
      throw new Error(`Nothing answers at ${url}: is the bot running?`, { cause });
    },
  );
  console.log(await response.text());
  if (!response.ok) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
