/** Claims that a failover without synchronous replication has lost. */
import { expect, it } from "vitest";
import { startBotOnPostgres } from "../support/bot-on-postgres.js";
import { startLoopbackOpenAI } from "../support/loopback-openai.js";
import { startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

it("a message whose claim was lost is not answered again, and one that nobody has answered is", async () => {
  const { database, environment, one, channel, member } = await startBotOnPostgres();
  const { discord, openai } = one;
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

it("whoever gives up a message that another process has claimed since says nothing", async () => {
  const fast = await startLoopbackOpenAI();
  const stopTimes = { finishMs: 50, tellMs: 10_000, leaveMs: 1_000 };
  const options = { stopTimes, waitMs: 600_000 };
  const { database, environment, one, channel, member } = await startBotOnPostgres(options);
  const { discord, openai } = one;
  openai.fail({ kind: "delay", ms: 600_000 });
  const message = discord.say(member, channel, "Who are you?", { mentionBot: true });
  await waitFor(() => openai.requests.length > 0 || undefined, "the language model to be asked");
  await one.test.services.store.messageClaims.delete(message.id);
  const other = await startRunningBot({
    environment: { ...environment, OPENAI_BASE_URL: fast.baseUrl },
    beside: { discord, openai },
  });
  const [answer] = await discord.answersTo(message);
  await one.bot.leave();
  await one.bot.idle();
  const answers = await discord.answersTo(message);
  expect(answers.map(({ content }) => content)).toEqual([answer!.content]);
  await other.close();
  await one.close();
  await fast.close();
  await database.remove();
});
