/** What `npm run store` does with a store in a database of PostgreSQL. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { checkText } from "../../store/check.js";
import { checkPostgres } from "../../store/postgres/check.js";
import { exportDeletions, importDeletions } from "../../store/postgres/deletions.js";
import { addressOf } from "../../store/postgres/errors.js";
import { PRIVATE_MODE } from "../../store/private-file.js";
import { StoreError } from "../../store/store-error.js";

export async function checkDatabase(url: string): Promise<void> {
  const { text, whole } = checkText(await checkPostgres(url));
  console.log(text);
  if (!whole) process.exitCode = 1;
}

export function backUpDatabase(url: string): never {
  throw new StoreError(
    `PostgreSQL copies itself: run pg_dump --format=custom --file=attune.dump "${addressOf(url)}"; it asks for the password, or reads it from ~/.pgpass. The bots may run meanwhile.`,
  );
}

export function restoreDatabase(url: string, file: string): never {
  throw new StoreError(
    [
      "PostgreSQL restores itself. Stop all bots, and then:",
      "  npm run store -- deletions export deletions.txt",
      `  pg_restore --clean --if-exists --single-transaction --dbname="${addressOf(url)}" ${file}`,
      "  npm run store -- deletions import deletions.txt",
      "The last one deletes again what members have had deleted since that dump.",
    ].join("\n"),
  );
}

export async function exportTo(url: string, file: string): Promise<void> {
  if (existsSync(file)) {
    throw new StoreError(`The file ${file} already exists: choose another name.`);
  }
  const { text, count } = await exportDeletions(url);
  writeFileSync(file, text, { mode: PRIVATE_MODE });
  console.log(`Wrote ${count} deletions to ${file}. It names nobody.`);
}

export async function importFrom(url: string, file: string): Promise<void> {
  if (!existsSync(file)) throw new StoreError(`There is no file ${file}: check the name.`);
  const count = await importDeletions(url, readFileSync(file, "utf8"));
  console.log(`Noted ${count} deletions that this store did not know, and did them.`);
}
