/**
 * `npm run health`: asks the running bot how it is, and exits with 0 if it is well. For containers
 * and scripts; a container's check also ends a bot that hangs.
 */
import { readFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { Command, InvalidArgumentError } from "commander";
import { loadEnvironment, readConfig } from "../config.js";

/** Addresses to listen on everywhere, and where to reach what listens there. */
const EVERYWHERE: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
const ATTEMPTS = 3;

interface Options {
  readonly endHung?: number;
  readonly patience: number;
}

const { endHung, patience } = new Command("health")
  .description("Asks the running bot how it is; exits with 0 if it is well.")
  .option(
    "--end-hung <pid>",
    `if the bot takes connections but gives no answer ${ATTEMPTS} times: end everything that process PID has started (a container's init, or a supervisor that starts the bot again)`,
    wholeNumber,
  )
  .option("--patience <seconds>", "how long to wait for an answer", wholeNumber, 4)
  .parse()
  .opts<Options>();

/** Thrown when the bot takes the connection and says nothing: it hangs, and has to be ended. */
class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

try {
  const url = addressOfHealth();
  const response = endHung === undefined ? await ask(url) : await askPatiently(url, endHung);
  console.log(await response.text());
  if (!response.ok) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function addressOfHealth(): string {
  const { watching } = readConfig(loadEnvironment());
  if (watching === undefined) {
    throw new Error(
      "METRICS_PORT is empty, so the bot can't be asked how it is: set it, for example to 9464.",
    );
  }
  const host = EVERYWHERE[watching.host] ?? watching.host;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${watching.port}/healthz`;
}

/** Ends the bot when the last attempt has found it hanging, too. */
async function askPatiently(url: string, supervisor: number): Promise<Response> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    try {
      return await ask(url);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  }
  try {
    return await ask(url);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    for (const pid of childrenOf(supervisor)) process.kill(pid, "SIGKILL");
    throw new Error(`${error.message} It was ended.`, { cause: error });
  }
}

async function ask(url: string): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(patience * 1_000) });
  } catch (cause) {
    const isSilent = cause instanceof Error && cause.name === "TimeoutError";
    if (isSilent) throw new NoAnswer(`The bot gives no answer at ${url}: it hangs.`, { cause });
    throw new Error(`Nothing answers at ${url}: is the bot running?`, { cause });
  }
}

/** The processes that `pid` has started, without this one. */
function childrenOf(pid: number): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(/\s+/);
  return listed.map(Number).filter((child) => child > 1 && child !== process.pid);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new InvalidArgumentError("Please give a whole number, 1 or more.");
  return Number(text);
}
