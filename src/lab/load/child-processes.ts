/** Starts the processes of the load and sees to it that none outlives it, however it ends. */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Listening } from "./process-messages.js";

/** A process of the load ended before its time. */
export class ProcessEndedError extends Error {
  override readonly name = "ProcessEndedError";
}

/** A server in a process of its own that takes commands. */
export interface ServerProcess {
  readonly port: number;
  /** Resolves with the answer to `command`. Throws {@link ProcessEndedError}. */
  ask<Command extends object, Report>(command: Command): Promise<Report>;
}

export interface BotProcess {
  readonly processId: number;
  readonly startedAt: number;
  /** The exit code; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

export class ChildProcesses {
  readonly #children = new Set<ChildProcess>();

  constructor() {
    process.on("exit", () => this.endAll());
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => process.exit(1));
    }
  }

  /** Starts a module of this folder that serves as `process-messages.ts` says. */
  async startServer(module: string, parameters: readonly string[]): Promise<ServerProcess> {
    const file = fileURLToPath(new URL(module, import.meta.url));
    const child = fork(file, parameters, { serialization: "advanced" });
    this.#keep(child);
    const { port } = (await nextMessage(child, module)) as Listening;
    return {
      port,
      ask: async <Command extends object, Report>(command: Command) => {
        child.send(command);
        return (await nextMessage(child, module)) as Report;
      },
    };
  }

  /**
   * Starts the built bot with nothing but `environment`, and with the options of `npm start` before
   * `nodeOptions`; all that it says goes to the file `log`.
   */
  startBot(
    environment: NodeJS.ProcessEnv,
    nodeOptions: readonly string[],
    log: string,
  ): BotProcess {
    const program = fileURLToPath(new URL("../../main.js", import.meta.url));
    const output = openSync(log, "a");
    const startedAt = Date.now();
    const child = spawn(process.execPath, [...startOptions(), ...nodeOptions, program], {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    this.#keep(child);
    return {
      processId: child.pid!,
      startedAt,
      ended: once(child, "exit").then(([code]) => code as number | null),
      kill: (signal) => void child.kill(signal),
    };
  }

  endAll(): void {
    for (const child of this.#children) child.kill("SIGKILL");
  }

  #keep(child: ChildProcess): void {
    this.#children.add(child);
    child.once("exit", () => this.#children.delete(child));
  }
}

/** What `npm start` gives to Node. */
function startOptions(): string[] {
  const file = new URL("../../../../package.json", import.meta.url);
  const { scripts } = JSON.parse(readFileSync(file, "utf8")) as { scripts: { start: string } };
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}

async function nextMessage(child: ChildProcess, module: string): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new ProcessEndedError(`${module} ended with code ${code}: see its output above.`);
  });
  try {
    const [message] = await Promise.race([once(child, "message", { signal }), ended]);
    return message;
  } finally {
    waiting.abort();
    ended.catch(() => undefined);
  }
}
