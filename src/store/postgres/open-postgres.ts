/** Opens a store in PostgreSQL: its tables, what was left undone, and what goes on beside the work. */
import type pg from "pg";
import type { OpenedEngine, OpenOptions } from "../opened-engine.js";
import type { StoreError, StoreInUseError } from "../store-error.js";
import { connectClient, createPool } from "./connection.js";
import { BeingMovedError, isOutage, openingError } from "./errors.js";
import { finishDeletions } from "./finish-deletions.js";
import { LOCK_CLASSES, SINGLE_LOCKS } from "./locks.js";
import { MOST_CONNECTIONS, PostgresEngine } from "./postgres-engine.js";
import { bringUpToDate } from "./schema.js";
import { Session } from "./session.js";
import { SWITCHES, SwitchListeners } from "./switches.js";
import { TableDeleter } from "./table-deleter.js";
import { CHANNEL, TombstoneTable } from "./tombstone-table.js";
import { MARKS } from "./transaction.js";
import { Vacuum } from "./vacuum.js";

/**
 * Opens the database of `url` (`postgres://USER:PASSWORD@HOST:PORT/DATABASE`), making the tables when
 * needed. Throws {@link StoreError}, {@link StoreInUseError} while a store is being moved, and
 * `NewerStoreError`.
 */
export async function openPostgres(
  url: string,
  onError: (error: unknown) => void,
  options: OpenOptions,
): Promise<OpenedEngine> {
  try {
    return await connect(url, onError, options);
  } catch (cause) {
    throw openingError(url, cause);
  }
}

async function connect(
  url: string,
  onError: (error: unknown) => void,
  options: OpenOptions,
): Promise<OpenedEngine> {
  const tombstones = await prepare(url);
  const pool = createPool(url, MOST_CONNECTIONS, options.alone ? lockUse : undefined);
  const engine = new PostgresEngine(pool, tombstones);
  const switches = new SwitchListeners();
  let session: Session | undefined;
  try {
    session = await openSession(url, { tombstones, switches }, onError, options);
    if (options.alone) await finishDeletions(pool, engine, tombstones);
  } catch (error) {
    await session?.close();
    await engine.disconnect();
    throw error;
  }
  const vacuum = new Vacuum(url, (error) => isOutage(error) || onError(error));
  return {
    engine,
    lives: tombstones,
    onSwitch: switches.add,
    // Other processes write to the same tables.
    alone: false,
    start: (parts) => new TableDeleter(engine, tombstones, vacuum, parts),
    purgeCopies: () => 0,
    close: async () => {
      await vacuum.stop();
      await session.close();
      await engine.disconnect();
    },
  };
}

async function prepare(url: string): Promise<TombstoneTable> {
  const client = await connectClient(url);
  try {
    await bringUpToDate(client);
    await client.query(`DELETE FROM ${MARKS} WHERE at < now() - interval '1 day'`);
    return await TombstoneTable.open(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What learns from notifications. */
interface Told {
  readonly tombstones: TombstoneTable;
  readonly switches: SwitchListeners;
}

function openSession(
  url: string,
  { tombstones, switches }: Told,
  onError: (error: unknown) => void,
  { alone }: OpenOptions,
): Promise<Session> {
  return Session.open({
    url,
    begin: async (client) => {
      if (alone) await lockUse(client);
      await client.query(`LISTEN ${CHANNEL}; LISTEN ${SWITCHES}`);
      await tombstones.refresh(client);
      // Nobody has told of those while there was no connection.
      switches.tell();
    },
    poll: (client) => tombstones.refresh(client),
    onNotification: ({ channel, payload }) => {
      if (channel === CHANNEL) tombstones.learn(Number(payload));
      if (channel === SWITCHES) switches.tell();
    },
    onError: (error) => {
      if (!isOutage(error)) onError(error);
    },
  });
}

/** Each connection holds it, so that a move never begins while one of them may write. */
async function lockUse(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>(
    "SELECT pg_try_advisory_lock_shared($1, $2) AS mine",
    [LOCK_CLASSES.single, SINGLE_LOCKS.use],
  );
  if (!rows[0]!.mine) throw new BeingMovedError();
}
