/** What directives do to a language model's answers, and what they cost, through the whole bot. */
import { describe, expect, it } from "vitest";
import { emptyDoseTable } from "../../models/steering/dose-response.js";
import { NO_LENGTHS } from "../../models/steering/plain-lengths.js";
import { costOf, toldIn } from "../support/asked-manners.js";
import { obedientAnswer } from "../support/obedient-answers.js";
import { startRunningBot } from "../support/running-bot.js";
import { plantTaste } from "../support/strong-taste.js";

const PLAIN_QUESTION = "How do I cook rice?";

describe("what a language model does with directives", () => {
  it("is learned from its answers, told to the owner alone, and what it does not move is not asked for", async () => {
    const running = await startRunningBot({ openai: { answer: obedientAnswer } });
    try {
      const { discord } = running;
      const { channel } = discord.createGuild("lounge");
      const member = discord.world.addUser("member");
      await running.consent(channel, member);
      const ask = async () => {
        const before = running.openai.requests.length;
        await discord.answersTo(discord.say(member, channel, PLAIN_QUESTION, { mentionBot: true }));
        return running.openai.requests.slice(before);
      };
      const { steering, store } = running.test.services;
      while ((await store.doses.get("loopback")) === undefined) {
        await ask();
        await steering.settled();
      }
      const owner = discord.world.developer;
      const [admin] = [discord.world.addUser("admin")];
      for (const one of [owner, admin]) discord.world.managers.add(one.id);
      const told = await discord.command(owner, channel, "status");
      expect(told.content).toMatch(/What one step of a directive moves.*: \w+[^:]* -?\d\.\d\d ± /);
      const untold = await discord.command(admin, channel, "status");
      expect(untold.content).not.toMatch(/step of a directive/);

      const stone = { count: 500, doseSquares: 2_000, products: 0, responseSquares: 500 };
      const axes = Object.fromEntries(
        Object.keys(emptyDoseTable()).map((axis) => [axis, stone]),
      ) as ReturnType<typeof emptyDoseTable>;
      await running.restart();
      const key = { guildId: channel.guildId!, memberId: member.id };
      await running.test.services.store.doses.set("loopback", { axes, plain: NO_LENGTHS, at: 0 });
      await plantTaste(running.test, key, 3);
      expect(toldIn(await ask())).toEqual([]);
    } finally {
      await running.close();
    }
  });

  it("is asked in two manners when a budget runs low, and in one at its end", async () => {
    const running = await startRunningBot({
      openai: { answer: obedientAnswer },
      environment: { TOKENS_PER_DAY: "1000000/1000000/1000000/1000000" },
    });
    try {
      const { discord } = running;
      const { channel } = discord.createGuild("lounge");
      const member = discord.world.addUser("member");
      await running.consent(channel, member);
      const asker = { guildId: channel.guildId!, memberId: member.id, channelId: channel.id };
      const ask = async () => {
        const before = running.openai.requests.length;
        await discord.answersTo(discord.say(member, channel, PLAIN_QUESTION, { mentionBot: true }));
        return running.openai.requests.slice(before);
      };
      const all = costOf(await ask());
      expect(all.answers).toBe(4);
      running.test.services.limits.spend(asker, 700_000);
      const some = costOf(await ask());
      expect(some.answers).toBe(3);
      expect(some.requests).toBeLessThanOrEqual(2);
      running.test.services.limits.spend(asker, 250_000);
      expect(costOf(await ask())).toEqual({ requests: 1, answers: 1 });
    } finally {
      await running.close();
    }
  });
});
