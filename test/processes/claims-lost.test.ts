/** Claims that a failover without synchronous replication has lost: Discord still has the answers. */
import { expect, it } from "vitest";
import { createTemporaryPostgres } from "../support/postgres.js";
import { startRunningBot } from "../support/running-bot.js";

it("a message whose claim was lost is not answered again, and one that nobody has answered is", async () => {
  const database = await createTemporaryPostgres();
  const environment = { STORE_URL: database.url };
  const one = await startRunningBot({ environment });
  const { discord, openai } = one;
  const { channel } = discord.createGuild("lounge");
  const member = discord.world.addUser("member");
  await one.consent(channel, member);
  const answered = discord.say(member, channel, "Who are you?", { mentionBot: true });
  await discord.answersTo(answered);
  await one.bot.stop();
  const { messageClaims } = one.test.services.store;
  expect(await messageClaims.has(answered.id)).toBe(true);
  await messageClaims.delete(answered.id);
  const missed = discord.say(member, channel, "And where?", { mentionBot: true });
  const other = await startRunningBot({ environment, beside: { discord, openai } });
  expect(await discord.answersTo(missed)).toHaveLength(1);
  await other.bot.idle();
  expect(await discord.answersTo(answered)).toHaveLength(1);
  await other.close();
  await one.close();
  await database.remove();
});
