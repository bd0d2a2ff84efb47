/** The messages that a process finds at its start, while the database is away for a moment. */
import { expect, it, vi } from "vitest";
import { StoreUnavailableError } from "../../src/store/store-error.js";
import { startBotOnPostgres } from "../support/bot-on-postgres.js";
import { startRunningBot } from "../support/running-bot.js";
import type { TestServices } from "../support/test-services.js";

type Services = TestServices["services"];

/** The first call of `method` meets an outage. */
function failOnce<Name extends string>(
  parts: { [name in Name]: (...values: never[]) => Promise<unknown> },
  method: Name,
): void {
  const { [method]: own } = parts;
  const away = new StoreUnavailableError("away");
  vi.spyOn(parts as never, method)
    .mockImplementation(own.bind(parts) as never)
    .mockRejectedValueOnce(away as never);
}

it.each<[what: string, prepare: (services: Services) => void]>([
  ["since when there are claims", ({ messageClaims }) => failOnce(messageClaims!, "beginning")],
  ["what was deleted", ({ store }) => failOnce(store.deletion, "deletedAt")],
])("are answered when it can tell %s", async (_what, prepare) => {
  const { database, environment, one, channel, member } = await startBotOnPostgres();
  const { discord, openai } = one;
  await one.bot.stop();
  const missed = discord.say(member, channel, "Are you there?", { mentionBot: true });
  const other = await startRunningBot({
    environment,
    beside: { discord, openai },
    prepare: async (services) => prepare(services),
  });
  expect(await discord.answersTo(missed)).toHaveLength(1);
  await other.close();
  await one.close();
  await database.remove();
});
