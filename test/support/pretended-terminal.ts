/** A terminal without a window: what a person would type goes in, what they would see comes out. */
import { PassThrough } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import { waitFor } from "./wait-for.js";

export interface PretendedTerminal {
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** All that was shown from the beginning. */
  shown(): string;
  /** All that was shown since the last call. */
  seen(): string;
  /** Types `keys` once `prompt` stands at the end of what is shown. */
  type(prompt: RegExp, keys: string): Promise<void>;
}

export function createPretendedTerminal(columns = 100): PretendedTerminal {
  let shown = "";
  let read = 0;
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => input,
  }) as unknown as ReadStream;
  const output = Object.assign(new PassThrough(), {
    isTTY: true,
    columns,
  }) as unknown as WriteStream;
  output.on("data", (chunk) => {
    shown += withoutEscapes(String(chunk));
  });
  let typedAt = 0;
  return {
    input,
    output,
    shown: () => shown,
    seen() {
      const news = shown.slice(read);
      read = shown.length;
      return news;
    },
    async type(prompt, keys) {
      const waiting = () => shown.length > typedAt && prompt.test(shown.slice(typedAt));
      await waitFor(() => waiting() || undefined, `the prompt ${prompt}`);
      typedAt = shown.length;
      input.write(keys);
    },
  };
}

/** Without the codes for colours and cursors. */
function withoutEscapes(text: string): string {
  const start = String.fromCharCode(27);
  return text
    .split(new RegExp(`${start}\\[[0-9;?]*[A-Za-z]`))
    .join("")
    .replaceAll("\r\n", "\n");
}
