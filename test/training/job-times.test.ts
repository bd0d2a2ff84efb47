import { Cron } from "croner";
import { expect, it } from "vitest";
import { createTemporaryPostgres } from "../support/postgres.js";
import { createTestServices } from "../support/test-services.js";

const MINUTE_MS = 60_000;

it("profiles whose job a crash of the database has lost are looked for every few minutes", async () => {
  const database = await createTemporaryPostgres();
  const trainer = await createTestServices({ STORE_URL: database.url, ROLE: "trainer" });
  await trainer.services.jobs.start();
  const sql = "SELECT name, cron FROM attune_jobs.schedule";
  const times = await database.query<{ name: string; cron: string }>(sql);
  const refits = times.find(({ name }) => name === "refits");
  const [first, second] = new Cron(refits!.cron).nextRuns(2);
  expect(second!.getTime() - first!.getTime()).toBeLessThanOrEqual(5 * MINUTE_MS);
  await trainer.remove();
  await database.remove();
});
