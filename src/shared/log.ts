/** The log as everybody writes to it: one event a line, ids but never a member's text. */
import type { Logger } from "pino";

export type Log = Logger;
