/** A real logger whose events can be looked at. */
import { pino } from "pino";
import type { Log } from "../../src/shared/log.js";

export interface RecordedEvent {
  readonly level: number;
  readonly event: string;
  readonly [field: string]: unknown;
}

export function createRecordingLog(): { log: Log; events: RecordedEvent[] } {
  const events: RecordedEvent[] = [];
  const write = (line: string) => void events.push(JSON.parse(line) as RecordedEvent);
  return { log: pino({ level: "trace" }, { write }), events };
}
