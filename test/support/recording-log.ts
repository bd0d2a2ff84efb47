/** A real logger whose lines can be read afterwards. */
import { Writable } from "node:stream";
import { pino } from "pino";
import type { Log } from "../../src/log.js";

export interface LogLine {
  readonly level: number;
  readonly event: string;
  readonly [fact: string]: unknown;
}

export function createRecordingLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { log: pino({ level: "trace" }, stream), lines };
}
