/** What the playground prints on: whole lines, one line that is overwritten, and times in words. */
import type { WriteStream } from "node:tty";
import type { Clock } from "../shared/time.js";

const STANDARD_COLUMNS = 80;
const MINUTE_MS = 60_000;

export interface Screen {
  /** Characters in a line. */
  readonly columns: number;
  print(text: string): void;
  /** Replaces the line that the last update wrote; the next `print` begins below it. */
  update(line: string): void;
}

/** A screen on a terminal, or on a pipe, which has no width of its own. */
export function createScreen(output: Pick<WriteStream, "columns" | "write">): Screen {
  let updated = 0;
  const columns = () => output.columns || STANDARD_COLUMNS;
  return {
    get columns() {
      return columns();
    },
    print(text) {
      output.write(updated > 0 ? `\n${text}\n` : `${text}\n`);
      updated = 0;
    },
    update(line) {
      // A line that wraps can't be written over.
      const shown = line.slice(0, columns() - 1);
      output.write(`\r${shown.padEnd(updated)}`);
      updated = shown.length;
    },
  };
}

/** `text` with every `<t:…:R>`, as Discord writes times, as "in 12 minutes". */
export function withPlainTimes(text: string, clock: Clock): string {
  const words = new Intl.RelativeTimeFormat("en-GB");
  return text.replace(/<t:(\d+):R>/g, (_, seconds: string) => {
    const wait = Number(seconds) * 1000 - clock();
    return wait < MINUTE_MS
      ? words.format(Math.ceil(wait / 1000), "second")
      : words.format(Math.ceil(wait / MINUTE_MS), "minute");
  });
}
