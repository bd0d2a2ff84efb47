/** Looks through all records of a store, on whichever engine. Changes nothing. */
import type { Row } from "./engine.js";
import { type Namespace, recordOfText, SCHEMAS } from "./record-schemas.js";
import { DamagedRecordError } from "./store-error.js";

export interface RecordsCheck {
  /** Records by namespace. */
  readonly counts: ReadonlyMap<string, number>;
  readonly damagedKeys: readonly string[];
}

export interface StoreCheck extends RecordsCheck {
  readonly version: number;
  /** The newest version that this program knows. */
  readonly newest: number;
  /** What the database says of itself; nothing if it is whole. */
  readonly complaints: readonly string[];
}

/** Of an older version's records only whether they are JSON: their migration is still to come. */
export async function checkRecords(
  pages: AsyncIterable<readonly Pick<Row, "key" | "value">[]>,
  isOld: boolean,
): Promise<RecordsCheck> {
  const counts = new Map<string, number>();
  const damagedKeys: string[] = [];
  for await (const rows of pages) {
    for (const row of rows) {
      const namespace = row.key.slice(0, Math.max(0, row.key.indexOf(":")));
      counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
      if (isDamaged(row, namespace, isOld)) damagedKeys.push(row.key);
    }
  }
  return { counts, damagedKeys };
}

/** What was found, in lines, and whether all is well. */
export function checkText(check: StoreCheck): { readonly text: string; readonly whole: boolean } {
  const { version, newest, complaints, counts, damagedKeys } = check;
  const lines = [`Version ${version} of ${newest}.`];
  for (const [namespace, count] of counts) lines.push(`  ${namespace}: ${count}`);
  lines.push(...complaints);
  for (const key of damagedKeys) lines.push(`Damaged record: ${key}`);
  const whole = complaints.length === 0 && damagedKeys.length === 0;
  lines.push(
    whole
      ? "No damage found."
      : 'The bot leaves damaged records out. To get them back, stop the bot and run "npm run store -- restore FILE" with a backup.',
  );
  return { text: lines.join("\n"), whole };
}

function isDamaged(
  { key, value }: Pick<Row, "key" | "value">,
  namespace: string,
  isOld: boolean,
): boolean {
  const schema = Object.hasOwn(SCHEMAS, namespace) ? SCHEMAS[namespace as Namespace] : undefined;
  try {
    if (schema !== undefined && !isOld) recordOfText(key, value, schema);
    else JSON.parse((value ?? "").toString());
    return false;
  } catch (error) {
    if (error instanceof DamagedRecordError || error instanceof SyntaxError) return true;
    throw error;
  }
}
