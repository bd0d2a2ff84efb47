import { openPostgres } from "../../../src/store/postgres/open-postgres.js";
import { createTemporaryPostgres } from "../../support/postgres.js";
import { holdQuestions } from "./questions.js";

holdQuestions("PostgreSQL", async () => {
  const database = await createTemporaryPostgres();
  const opened = await openPostgres(database.url, raise, {});
  return {
    engine: opened.engine,
    close: async () => {
      await opened.close();
      await database.remove();
    },
  };
});

function raise(error: unknown): never {
  throw error;
}
