/** The logger: one event a line, ids but never a member's text, no secrets. */
import { type DestinationStream, type Logger, pino } from "pino";
import pretty from "pino-pretty";
import type { Config } from "./config.js";

export type Log = Logger;

const SECRETS = ["token", "apiKey", "authorization", "headers", "requestBody", "request"];

/** Writes to `destination`, or else to standard error: JSON, or readable lines in a terminal. */
export function createLog(
  { logLevel }: Pick<Config, "logLevel">,
  destination?: DestinationStream,
): Log {
  const paths = SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  const options = { level: logLevel, redact: { paths, remove: true } };
  return pino(options, destination ?? standardError());
}

function standardError(): DestinationStream {
  if (!process.stderr.isTTY) return pino.destination(2);
  return pretty({ destination: 2, sync: true, ignore: "pid,hostname" });
}
