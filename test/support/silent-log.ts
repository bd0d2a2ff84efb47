/** A real logger that writes nowhere. */
import { pino } from "pino";
import type { Log } from "../../src/shared/log.js";

export const silentLog: Log = pino({ level: process.env.TEST_LOG ?? "silent" });
