/** What the bot says about itself in its log: one JSON object a line. */
import { readFileSync } from "node:fs";

export interface LogLine {
  readonly level?: number;
  readonly time?: number;
  readonly event?: string;
  readonly [key: string]: unknown;
}

const WARNING = 40;

/** All lines of the log; what is no JSON, as the message of a crash, is a line with `text`. */
export function readLog(path: string): LogLine[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map(parse);
}

/** How often each event came that is a warning or worse. */
export function troubles(lines: readonly LogLine[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { level = WARNING, event = "output" } of lines) {
    if (level >= WARNING) counts[event] = (counts[event] ?? 0) + 1;
  }
  return counts;
}

function parse(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { text: line };
  }
}
