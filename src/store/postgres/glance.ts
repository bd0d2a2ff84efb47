/** A short look at a store in PostgreSQL, while bots may be running: for the doctor. Changes nothing. */
import type pg from "pg";
import { recordOfText, SCHEMAS } from "../record-schemas.js";
import type { SettingsRecord } from "../records.js";
import { connectClient } from "./connection.js";
import { openingError } from "./errors.js";
import { checkEncoding, checkVersion, schemaVersion, TABLE } from "./schema.js";

export interface PostgresGlance {
  /** 0 for a database without a store. */
  readonly version: number;
  readonly bytes: number;
  /** What the server says of itself, as "18.4". */
  readonly server: string;
  /** The hashes that encryption keys have left. */
  readonly keyHashes: readonly string[];
  /** By server. */
  readonly settings: ReadonlyMap<string, SettingsRecord>;
}

/** Throws `StoreError` and `NewerStoreError`, which say what to do. */
export async function glanceAtPostgres(url: string): Promise<PostgresGlance> {
  try {
    const client = await connectClient(url);
    try {
      return await glance(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    throw openingError(url, error);
  }
}

async function glance(client: pg.Client): Promise<PostgresGlance> {
  await checkEncoding(client);
  const version = await schemaVersion(client);
  checkVersion(version);
  const { rows } = await client.query<{ bytes: number; server: string }>(
    "SELECT pg_database_size(current_database())::float8 AS bytes, current_setting('server_version') AS server",
  );
  const found = { version, ...rows[0]! };
  if (version === 0) return { ...found, keyHashes: [], settings: new Map() };
  const keys = await rowsOf(client, "encryption-key");
  const settings = new Map<string, SettingsRecord>();
  for (const { key, value } of await rowsOf(client, "settings")) {
    const record = readable(key, value);
    if (record !== undefined) settings.set(nameIn(key), record);
  }
  return { ...found, keyHashes: keys.map(({ key }) => nameIn(key)), settings };
}

async function rowsOf(
  client: pg.Client,
  namespace: string,
): Promise<{ key: string; value: string | null }[]> {
  const sql = `SELECT key, value FROM ${TABLE} WHERE key > $1 AND key < $2`;
  return (await client.query(sql, [`${namespace}:`, `${namespace};`])).rows;
}

/** A damaged record of settings is as good as none, as for the bot. */
function readable(key: string, value: string | null): SettingsRecord | undefined {
  try {
    return recordOfText(key, value, SCHEMAS.settings) as SettingsRecord;
  } catch {
    return undefined;
  }
}

function nameIn(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}
