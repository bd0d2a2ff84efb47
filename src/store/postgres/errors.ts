/** What PostgreSQL's errors mean. Knows no tables. */
import pg from "pg";
import { StoreError, StoreInUseError } from "../store-error.js";

/** The connection is gone or was never there, by the codes of Node's sockets. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
]);

/** What `pg` says, without a code, of a connection that is gone. Its tests hold these against the real ones. */
const GONE =
  /^(?:Connection terminated|Connection ended|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Client network socket disconnected|The server does not support SSL)/;

/**
 * By the class of the code: a broken connection, no room or too many connections, the disk; an
 * administrator's doing, as a shutdown, and what took too long; a standby, which is read alone; damage.
 */
const OUTAGE = /^(?:08|53|58)|^(?:57P0[1-5]|57014|55P03|25006|28000|28P01|3D000|XX001|XX002)$/;
const LOST = /^08|^57P0[1-5]$|^25P0[34]$/;
/** Serialization failure, deadlock. */
const CONFLICT = /^40(?:001|P01)$/;

/** The store is being moved: nothing may be read or written meanwhile, by those who were not seen to use it. */
export class BeingMovedError extends Error {
  override readonly name = "BeingMovedError";

  constructor() {
    super("The store is being moved.");
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

/** Whether the connection is gone, so that nobody knows what became of what it was at. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  if (UNREACHABLE.has(code)) return true;
  if (error instanceof pg.DatabaseError) return LOST.test(code);
  return error instanceof Error && GONE.test(error.message);
}

/** Whether a connection broke that had been there, so that another one may well work. */
export function isBroken(error: unknown): boolean {
  const code = codeOf(error);
  if (code === "ECONNRESET" || code === "EPIPE") return true;
  return isLost(error) && !UNREACHABLE.has(code) && code !== "57P03" && !isTimeout(error);
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout/.test(error.message);
}

/** Whether nothing can be stored for now, through no fault of what was asked. */
export function isOutage(error: unknown): boolean {
  if (error instanceof BeingMovedError) return true;
  return isLost(error) || (error instanceof pg.DatabaseError && OUTAGE.test(codeOf(error)));
}

/** Whether two transactions stood in each other's way: done again, it works. */
export function isConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && CONFLICT.test(codeOf(error));
}

/** The error for `cause`, which came when the store was opened: what it means and what to do. */
export function openingError(url: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  if (cause instanceof BeingMovedError) {
    return new StoreInUseError(
      `The store ${addressOf(url)} is being moved: start the bot again when that is done, or set STORE_URL to another one.`,
    );
  }
  const remedy = remedyOf(cause, new URL(url));
  return new StoreError(`Could not open the store ${addressOf(url)}: ${remedy}`, { cause });
}

/** The address without its password. */
export function addressOf(url: string): string {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username && `${username}@`}${host}${pathname}`;
}

function remedyOf(cause: unknown, { hostname, port, username, pathname }: URL): string {
  const database = decodeURIComponent(pathname.slice(1));
  const server = `${hostname || "the local socket"}:${port || 5432}`;
  switch (codeOf(cause)) {
    case "28P01":
    case "28000":
      return `PostgreSQL refuses the name or password of ${username || "this user"}: check them in STORE_URL (special characters as %40 for @), and pg_hba.conf.`;
    case "3D000":
      return `there is no database ${database}: create it with "CREATE DATABASE ${database} ENCODING 'UTF8'", or correct STORE_URL.`;
    case "42501":
      return `${username || "this user"} may not create or use tables there: run "ALTER DATABASE ${database} OWNER TO ${username}" as an administrator, or "GRANT ALL ON SCHEMA public TO ${username}".`;
    case "53300":
      return "PostgreSQL has no connection left: raise max_connections, or stop what holds them.";
    case "57P03":
      return "PostgreSQL is starting up or shutting down: start the bot again when it answers.";
    case "25006":
      return "this server is a standby, or read-only: name the primary in STORE_URL.";
    case "ECONNREFUSED":
      return `no PostgreSQL answers at ${server}: start it, or correct STORE_URL.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `there is no host ${hostname}: correct STORE_URL, or check the network's name service.`;
    default:
      return isOutage(cause)
        ? `${server} can't be reached or can't store anything (${messageOf(cause)}): check that PostgreSQL runs there, its disk, and the network between.`
        : `PostgreSQL says "${messageOf(cause)}": check STORE_URL and the server's log.`;
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
