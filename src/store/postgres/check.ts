/** Looks through a whole store in PostgreSQL: every record, and whether its columns are right. Changes nothing. */
import type pg from "pg";
import { checkRecords, type StoreCheck } from "../check.js";
import type { Row } from "../engine.js";
import { StoreError } from "../store-error.js";
import { type Columns, columnsOf } from "./columns.js";
import { connectClient } from "./connection.js";
import { addressOf, openingError } from "./errors.js";
import { checkEncoding, checkVersion, NEWEST_VERSION, schemaVersion, TABLE } from "./schema.js";

const PAGE = 1_000;
const MOST_COMPLAINTS = 100;

type StoredRow = Columns & {
  readonly key: string;
  readonly value: string | null;
  readonly bytes: Buffer | null;
};

/** Throws `StoreError` and `NewerStoreError`, which say what to do. */
export async function checkPostgres(url: string): Promise<StoreCheck> {
  try {
    const client = await connectClient(url);
    try {
      return await check(client, url);
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    throw openingError(url, error);
  }
}

async function check(client: pg.Client, url: string): Promise<StoreCheck> {
  await checkEncoding(client);
  const version = await schemaVersion(client);
  checkVersion(version);
  if (version === 0) {
    throw new StoreError(
      `There is no store in ${addressOf(url)}: check STORE_URL, or start the bot once.`,
    );
  }
  const complaints: string[] = [];
  const isOld = version < NEWEST_VERSION;
  const found = await checkRecords(pagesOf(client, isOld ? undefined : complaints), isOld);
  return { version, newest: NEWEST_VERSION, complaints, ...found };
}

async function* pagesOf(
  client: pg.Client,
  complaints: string[] | undefined,
): AsyncGenerator<readonly Row[]> {
  const sql = `SELECT * FROM ${TABLE} WHERE key > $1 ORDER BY key LIMIT ${PAGE}`;
  for (let after = ""; ; ) {
    const { rows } = await client.query<StoredRow>(sql, [after]);
    yield rows.map((row) => {
      const value = row.value ?? row.bytes ?? "";
      if (
        complaints !== undefined &&
        complaints.length < MOST_COMPLAINTS &&
        !isInStep(row, value)
      ) {
        complaints.push(`Damaged: the columns of ${row.key} do not follow from the record.`);
      }
      return { key: row.key, value };
    });
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.key;
  }
}

function isInStep(row: StoredRow, value: string | Buffer): boolean {
  const columns = columnsOf(row.key, value);
  return (Object.keys(columns) as (keyof Columns)[]).every((name) => columns[name] === row[name]);
}
