/** The logger: one event a line, ids but never a member's text, no secrets. */
import { type DestinationStream, type Logger, pino } from "pino";
import pretty from "pino-pretty";
import type { Config } from "./config.js";
import { createLineRedaction } from "./safety/redaction.js";
import { type SecretConfig, secretsOf } from "./safety/secrets.js";

export type Log = Logger;

/**
 * Writes to `destination`, or else to standard error: JSON, or readable lines in a terminal. The
 * secrets of `config`, and what looks like one, are taken out of every line.
 */
export function createLog(
  config: Pick<Config, "logLevel"> & SecretConfig,
  destination?: DestinationStream,
): Log {
  const streamWrite = createLineRedaction(secretsOf(config));
  const options = { level: config.logLevel, hooks: { streamWrite } };
  return pino(options, destination ?? standardError());
}

function standardError(): DestinationStream {
  if (!process.stderr.isTTY) return pino.destination(2);
  return pretty({ destination: 2, sync: true, ignore: "pid,hostname" });
}
