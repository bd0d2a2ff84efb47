/** What the playground shows on: whole lines, and one line that is written over. */
import type { WriteStream } from "node:tty";

const STANDARD_COLUMNS = 80;

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
