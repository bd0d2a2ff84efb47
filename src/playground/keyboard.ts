/** Lines and single keys from a terminal. Ctrl-C, Ctrl-D and the end of input all end the conversation. */
import { createInterface } from "node:readline/promises";
import type { ReadStream, WriteStream } from "node:tty";

const CONTROL_C = "\u0003";
const CONTROL_D = "\u0004";

export interface Keyboard {
  /** The next line, or undefined if the input has ended. */
  readLine(prompt: string): Promise<string | undefined>;
  /** The first of `keys` that is pressed, or undefined if the input has ended. */
  pressKey(prompt: string, keys: readonly string[]): Promise<string | undefined>;
}

/** The keyboard of a terminal; what is typed is shown on `output`. */
export function createKeyboard(input: ReadStream, output: WriteStream): Keyboard {
  return {
    readLine: (prompt) => readLine(input, output, prompt),
    async pressKey(prompt, keys) {
      output.write(prompt);
      const pressed = await firstOf(keys, input);
      output.write(`${pressed ?? ""}\n`);
      return pressed;
    },
  };
}

async function readLine(
  input: ReadStream,
  output: WriteStream,
  prompt: string,
): Promise<string | undefined> {
  // One interface a line: an open one would also take the keys that pressKey waits for.
  const terminal = createInterface({ input, output });
  const ended = new Promise<undefined>((resolve) =>
    terminal.once("close", () => resolve(undefined)),
  );
  try {
    return await Promise.race([terminal.question(prompt).catch(() => undefined), ended]);
  } finally {
    terminal.close();
  }
}

async function firstOf(keys: readonly string[], input: ReadStream): Promise<string | undefined> {
  input.setRawMode(true);
  input.resume();
  try {
    for (;;) {
      const typed = await nextInput(input);
      if (typed === undefined) return undefined;
      // Keys that are pressed quickly come together.
      for (const character of typed.toLowerCase()) {
        if (character === CONTROL_C || character === CONTROL_D) return undefined;
        if (keys.includes(character)) return character;
      }
    }
  } finally {
    input.setRawMode(false);
    input.pause();
  }
}

function nextInput(input: ReadStream): Promise<string | undefined> {
  return new Promise((resolve) => {
    const onData = (chunk: Buffer | string) => finish(String(chunk));
    const onEnd = () => finish(undefined);
    const finish = (typed: string | undefined) => {
      input.off("data", onData);
      input.off("end", onEnd);
      resolve(typed);
    };
    input.once("data", onData);
    input.once("end", onEnd);
  });
}
