/** Both ends of a move, by their addresses. */
import { existsSync } from "node:fs";
import { isPostgresUrl } from "../../shared/environment/store-url.js";
import { pathOfStore, truePath } from "../sqlite/database.js";
import { openSqliteEnd } from "../sqlite/move-sqlite.js";
import { StoreError } from "../store-error.js";
import type { MoveEnd } from "./move-end.js";

export interface MoveEnds {
  readonly from: MoveEnd;
  readonly to: MoveEnd;
  close(): Promise<void>;
}

/** Throws {@link StoreError}, and `StoreInUseError` while anybody uses one of them. */
export async function openMoveEnds(from: string, to: string): Promise<MoveEnds> {
  if (nameOf(from) === nameOf(to)) {
    throw new StoreError("A store can't be moved to where it is: name two different ones.");
  }
  const source = await openMoveEnd(from, false);
  try {
    const target = await openMoveEnd(to, true);
    return {
      from: source,
      to: target,
      close: async () => {
        await target.close();
        await source.close();
      },
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** One end; a target is made if it is not there. */
export async function openMoveEnd(url: string, isTarget: boolean): Promise<MoveEnd> {
  if (!isPostgresUrl(url)) return openSqliteEnd(url, isTarget);
  const { openPostgresEnd } = await import("../postgres/move-postgres.js");
  return openPostgresEnd(url, isTarget);
}

/** The same for two ways to write one address. */
function nameOf(url: string): string {
  if (!isPostgresUrl(url)) {
    const path = pathOfStore(url);
    return existsSync(path) ? truePath(path) : path;
  }
  const { host, hostname, pathname } = new URL(url.replace(/^postgresql:/, "postgres:"));
  return `postgres://${host === hostname ? `${host}:5432` : host}${pathname}`;
}
