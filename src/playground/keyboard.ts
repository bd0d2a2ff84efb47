/** Lines and single keys from a terminal. Ctrl-C, Ctrl-D and the end of input all end the conversation. */
import { createInterface } from "node:readline/promises";

const CONTROL_C = "\u0003";
const CONTROL_D = "\u0004";

/** The next line, or undefined where the input has ended. */
export async function readLine(prompt: string): Promise<string | undefined> {
  // One interface a line: an open one would also take the keys that pressKey waits for.
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<undefined>((resolve) =>
    terminal.once("close", () => resolve(undefined)),
  );
  try {
    return await Promise.race([terminal.question(prompt).catch(() => undefined), ended]);
  } finally {
    terminal.close();
  }
}

/** The first of `keys` that is pressed, or undefined where the input has ended. */
export async function pressKey(
  prompt: string,
  keys: readonly string[],
): Promise<string | undefined> {
  const { stdin, stdout } = process;
  stdout.write(prompt);
  stdin.setRawMode(true);
  stdin.resume();
  try {
    for (;;) {
      const pressed = (await nextInput())?.toLowerCase();
      if (pressed === undefined || pressed === CONTROL_C || pressed === CONTROL_D) return undefined;
      if (!keys.includes(pressed)) continue;
      stdout.write(`${pressed}\n`);
      return pressed;
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

function nextInput(): Promise<string | undefined> {
  const { stdin } = process;
  return new Promise((resolve) => {
    const onData = (chunk: Buffer | string) => finish(String(chunk));
    const onEnd = () => finish(undefined);
    const finish = (input: string | undefined) => {
      stdin.off("data", onData);
      stdin.off("end", onEnd);
      resolve(input);
    };
    stdin.once("data", onData);
    stdin.once("end", onEnd);
  });
}
