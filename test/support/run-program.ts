/** Runs one of the product's programs as a process of its own, as a person does. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export interface ProgramResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** `program` is a path below `dist`; `environment` is all that it gets beside PATH. It runs in `folder`. */
export async function runProgram(
  program: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder: string = process.cwd(),
): Promise<ProgramResult> {
  const file = fileURLToPath(new URL(`../../dist/${program}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...parameters], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: code as number, output, errors };
}
