/** To version 1: a profile's numbers as base64 of 64-bit floats, and of L only the lower triangle. */

import { lowerTriangleToText, numbersToText } from "../../vector-text.js";
import { type Database, TABLE } from "../database.js";
import type { Migration } from "./migration.js";

const PAGE = 500;

interface Row {
  readonly key: string;
  readonly value: string;
}

interface OldProfile {
  readonly weights: readonly number[];
  readonly cholesky: readonly number[];
}

export const compactProfiles: Migration = {
  name: "store profiles compactly",
  apply: async (database) => {
    for (let after = "profile:"; ; ) {
      const rows = await page(database, after);
      for (const { key, value } of rows) {
        const compact = compacted(value);
        if (compact === undefined) continue;
        await database.all(`UPDATE ${TABLE} SET value = ? WHERE key = ?`, compact, key);
      }
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.key;
    }
  },
};

function page(database: Database, after: string): Promise<Row[]> {
  const sql = `SELECT key, value FROM ${TABLE} WHERE key > ? AND key < 'profile;' ORDER BY key LIMIT ${PAGE}`;
  return database.all<Row>(sql, after);
}

/** Undefined for a record that is damaged: it stays as it is, and is refitted when it is next read. */
function compacted(text: string): string | undefined {
  try {
    const { value, ...rest } = JSON.parse(text) as { value: OldProfile };
    const weights = numbersToText(Float64Array.from(value.weights));
    const factor = Float64Array.from(value.cholesky);
    const cholesky = lowerTriangleToText(factor, value.weights.length);
    return JSON.stringify({ value: { ...value, weights, cholesky }, ...rest });
  } catch {
    return undefined;
  }
}
