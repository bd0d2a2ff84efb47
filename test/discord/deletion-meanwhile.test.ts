import { describe, expect, it } from "vitest";
import { filesWith } from "../support/bytes-of-files.js";
import { startRunningBot } from "../support/running-bot.js";

describe("a member who has everything deleted while an answer is written", () => {
  it("gets the answer, and nothing about them is stored: no question, no ballot, no note", async () => {
    let whileWritten = (): void => undefined;
    const running = await startRunningBot({
      openai: {
        answer: (_question, index) => {
          whileWritten();
          return index % 2 === 0 ? "Yes." : "It depends; let me explain that at some length.";
        },
      },
    });
    const { discord, test } = running;
    const { channel } = discord.createGuild("lounge");
    for (let round = 0; round < 5; round++) {
      const member = discord.world.addUser(`member ${round}`);
      await running.consent(channel, member);
      let deleting: Promise<unknown> | undefined;
      whileWritten = () => {
        deleting ??= test.services.memberData.delete(member.id, "everywhere");
      };
      const message = discord.say(member, channel, "How do I cook rice?", { mentionBot: true });
      const answers = await discord.answersTo(message);
      await deleting;
      expect(answers.length).toBeGreaterThan(0);
      expect(deleting).toBeDefined();
      await test.services.limits.written();
      expect(filesWith(test.config.storeUrl, member.id)).toEqual([]);
    }
    await running.close();
  });
});
