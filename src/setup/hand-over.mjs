/**
 * Where this Node is too old: runs the same command once more with a newer one, and ends as it does.
 * Child processes get the newer one too, because it comes first in PATH.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { NodeMissing, suitableNode } from "./suitable-node.mjs";

const PARENT_CHECK_MS = 500;
const SIGNAL_TIME_MS = 500;

/**
 * Returns where this Node is new enough. Else the process goes no further: it waits for the newer one.
 * With `isTold` that one hears of a signal or of a parent that is gone as of a closed channel, once,
 * however many of them there are (a terminal signals every process, and npm once more).
 */
export async function handOverToNewerNode({ isTold = false } = {}) {
  const node = findNode();
  if (node === process.execPath) return;
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ["inherit", "inherit", "inherit", ...(isTold ? ["ipc"] : [])],
    env: environmentFor(node),
  });
  const tell = () => child.connected && child.disconnect();
  // Later than the signal itself, which reaches the child too where its whole group is signalled.
  const tellSoon = () => setTimeout(tell, SIGNAL_TIME_MS);
  process.on("SIGINT", isTold ? tellSoon : () => undefined);
  for (const signal of ["SIGTERM", "SIGHUP"]) {
    process.on(signal, isTold ? tellSoon : () => child.kill(signal));
  }
  if (isTold) whenParentIsGone(tell);
  await new Promise(() => {
    child.on("error", ({ message }) => {
      console.error(`${node} does not start (${message}). Delete the folder .node and try again.`);
      process.exit(1);
    });
    child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
  });
}

/** Calls `act` once the process that has started this one is gone. Keeps no process alive. */
export function whenParentIsGone(act) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, PARENT_CHECK_MS);
  watch.unref();
}

function findNode() {
  try {
    return suitableNode();
  } catch (error) {
    if (error instanceof NodeMissing) process.exit(1);
    throw error;
  }
}

function environmentFor(node) {
  const environment = { ...process.env, NODE: node, npm_node_execpath: node };
  const path = Object.keys(environment).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  environment[path] = `${dirname(node)}${delimiter}${environment[path] ?? ""}`;
  // Native parts are compiled, where they are, against Node-API, which is the same in every version:
  // the headers of the machine's own Node spare a download.
  const headers = join(dirname(process.execPath), "..");
  if (existsSync(join(headers, "include", "node", "node_api.h"))) {
    environment.npm_config_nodedir ??= headers;
  }
  return environment;
}
