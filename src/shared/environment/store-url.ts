/** The address of the store, as the environment gives it. config.ts reads it; this says what it may be. */
import { homedir } from "node:os";
import { z } from "zod";

const FORM =
  "should be sqlite:// and a path, as sqlite://data/attune.sqlite, or a database of PostgreSQL, as postgres://user:password@host:5432/attune";
const SQLITE = /^sqlite:\/\/(?!:memory:).+/;
const POSTGRES = /^postgres(?:ql)?:\/\//;

/** Whether the store is a database of PostgreSQL. */
export function isPostgresUrl(url: string): boolean {
  return POSTGRES.test(url);
}

/** `sqlite://` and a path, `~/` at whose beginning is the home folder; or `postgres://`. */
export function storeUrl() {
  return z
    .string()
    .refine((url) => SQLITE.test(url) || POSTGRES.test(url), FORM)
    .refine(
      (url) => !SQLITE.test(url) || !/[$%]\{?\w/.test(url),
      "should be a path without variables: write it out, or begin it with ~/",
    )
    .refine(
      (url) => !POSTGRES.test(url) || isWhole(url),
      "should name a host and a database, as postgres://user:password@host:5432/attune; write @ : / ? # and % in a password as %40 %3A %2F %3F %23 and %25",
    )
    .transform((url) => url.replace(/^sqlite:\/\/\/?~(?=[\\/])/, `sqlite://${homedir()}`))
    .default("sqlite://data/attune.sqlite");
}

function isWhole(url: string): boolean {
  try {
    const { hostname, pathname } = new URL(url);
    decodeURIComponent(url);
    return hostname !== "" && /^\/[^/]+$/.test(pathname);
  } catch {
    return false;
  }
}
