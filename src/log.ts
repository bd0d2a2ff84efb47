/** The logger: one event a line, ids but never a member's text, no secrets. */
import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";
import pretty from "pino-pretty";
import type { Config } from "./config.js";

export type Log = Logger;

const SECRETS = ["token", "apiKey", "authorization", "headers", "requestBody", "request"];

/** Hears the name and the level of every event that is written. */
export type EventListener = (event: string, level: string) => void;

/** Writes to `destination`, or else to standard error: JSON, or readable lines in a terminal. */
export function createLog(
  { logLevel }: Pick<Config, "logLevel">,
  destination?: DestinationStream,
  onEvent?: EventListener,
): Log {
  const paths = SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  const options: LoggerOptions = { level: logLevel, redact: { paths, remove: true } };
  if (onEvent !== undefined) {
    options.hooks = {
      logMethod(parameters, method, level) {
        const event = (parameters[0] as { event?: string } | undefined)?.event;
        if (event !== undefined) onEvent(event, pino.levels.labels[level]!);
        return method.apply(this, parameters);
      },
    };
  }
  return pino(options, destination ?? standardError());
}

function standardError(): DestinationStream {
  if (!process.stderr.isTTY) return pino.destination(2);
  return pretty({ destination: 2, sync: true, ignore: "pid,hostname" });
}
