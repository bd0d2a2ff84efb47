/** Makes the log: one event a line, ids but never a member's text, no secrets. */
import { type DestinationStream, type LoggerOptions, pino } from "pino";
import pretty from "pino-pretty";
import type { Config } from "../config.js";
import { createLineRedaction } from "../safety/redaction.js";
import { type SecretConfig, secretsOf } from "../safety/secrets.js";
import type { Log } from "../shared/log.js";

/** Called with the name and the level of every event that is written. */
export type EventListener = (event: string, level: string) => void;

/**
 * Writes to `destination`, or else to standard error: JSON, or readable lines in a terminal. The
 * secrets of `config`, and what looks like one, are taken out of every line.
 */
export function createLog(
  config: Pick<Config, "logLevel"> & SecretConfig,
  destination?: DestinationStream,
  onEvent?: EventListener,
): Log {
  const streamWrite = createLineRedaction(secretsOf(config));
  const options: LoggerOptions = { level: config.logLevel, hooks: { streamWrite } };
  if (onEvent !== undefined) {
    options.hooks = {
      streamWrite,
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
