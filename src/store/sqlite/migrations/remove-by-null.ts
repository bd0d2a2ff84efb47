/**
 * To version 2: writing NULL removes a record. One statement that writes several records can so
 * remove others, and SQLite does all of it or nothing.
 */
import { TABLE } from "../database.js";
import type { Migration } from "./migration.js";

const REMOVAL = `WHEN NEW.value IS NULL BEGIN DELETE FROM ${TABLE} WHERE key = NEW.key; END`;

export const removeByNull: Migration = {
  name: "remove records by writing NULL",
  apply: async (database) => {
    await database.all(
      `CREATE TRIGGER ${TABLE}_removes_inserted AFTER INSERT ON ${TABLE} ${REMOVAL}`,
    );
    await database.all(
      `CREATE TRIGGER ${TABLE}_removes_updated AFTER UPDATE ON ${TABLE} ${REMOVAL}`,
    );
  },
};
