import { afterEach, expect, it, vi } from "vitest";
import { createTemporaryPostgres } from "../support/postgres.js";
import { startRunningBot } from "../support/running-bot.js";
import { createTestServices } from "../support/test-services.js";
import { waitFor } from "../support/wait-for.js";

const MINUTE_MS = 60_000;

afterEach(() => vi.useRealTimers());

it("a training that no trainer takes within a minute is said to wait, and is done by the first that comes", async () => {
  const database = await createTemporaryPostgres();
  const environment = { STORE_URL: database.url, ROLE: "bot" };
  const running = await startRunningBot({ environment });
  const { discord } = running;
  const { channel } = discord.createGuild("lounge");
  const stateOfJob = async () => {
    const sql = "SELECT state::text FROM attune_jobs.job WHERE name = 'retraining'";
    const rows = await database.query<{ state: string }>(sql).catch(() => []);
    return rows[0]?.state;
  };
  vi.useFakeTimers({ toFake: ["performance"] });
  const answer = discord.command(discord.world.developer, channel, "retrain", "now");
  await waitFor(stateOfJob, "the job");
  let content: string | undefined;
  void answer.then((message) => {
    content = message.content;
  });
  await waitFor(() => {
    vi.advanceTimersByTime(MINUTE_MS / 10);
    return content;
  }, "the answer");
  expect(content).toMatch(/^No process takes the training, .* as soon as there is one\.$/);
  expect(await stateOfJob()).toBe("created");
  const trainer = await createTestServices({ ...environment, ROLE: "trainer" });
  await trainer.services.jobs.start();
  const isDone = async () => (await stateOfJob()) === "completed" || undefined;
  await waitFor(isDone, "the training");
  await trainer.remove();
  await running.close();
  await database.remove();
});
