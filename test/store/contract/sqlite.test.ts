import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BatchedSqlite } from "../../../src/store/sqlite/batched-sqlite.js";
import { migrate } from "../../../src/store/sqlite/schema.js";
import { holdQuestions } from "./questions.js";

holdQuestions("SQLite", async () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const engine = await BatchedSqlite.open(`sqlite://${join(folder, "attune.sqlite")}`);
  await migrate(engine.writer, { backUp: async () => "", onStep: () => undefined });
  return {
    engine,
    close: async () => {
      await engine.disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
