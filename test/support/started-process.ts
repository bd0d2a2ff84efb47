/** The built program as a process of its own, as `npm start` runs it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../dist/src/main.js", import.meta.url));

export interface StartedProcess {
  readonly pid: number;
  /** All that it has written to standard output and to standard error. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  hasEnded(): boolean;
  /** The exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts it in `folder` with nothing but `environment`, and with no input; by the program and parameters of
 * `through`, if given, as what puts it into another network.
 */
export function startProcess(
  folder: string,
  environment: NodeJS.ProcessEnv,
  through: readonly string[] = [],
): StartedProcess {
  let output = "";
  const [command, ...parameters] = [...through, process.execPath, PROGRAM];
  const child: ChildProcess = spawn(command!, parameters, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return {
    pid: child.pid!,
    output: () => output,
    kill: (signal) => void child.kill(signal),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    ended: once(child, "close").then(([code]) => code as number | null),
  };
}
