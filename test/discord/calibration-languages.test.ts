import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deckLanguages, loadDeck } from "../../src/shared/deck/deck.js";
import { startScene } from "../fixtures.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel } from "../support/loopback-discord/world.js";
import type { RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

describe("the questions of a calibration", () => {
  let running: RunningBot;
  let discord: LoopbackDiscord;
  let channel: Channel;
  beforeAll(async () => {
    ({ running, discord, channel } = await startScene());
  });
  afterAll(() => running.close());

  it.each(deckLanguages())(
    "are in the member's language, %s, and each answer counts",
    async (language) => {
      const member = discord.world.addUser(`member-${language}`);
      await running.consent(channel, member);
      discord.interactions.locales.set(member.id, language);
      const { prompts } = loadDeck(language);
      const message = await discord.command(member, channel, "profile", "calibrate");
      for (let question = 1; question <= 3; question++) {
        const asked = prompts.find(({ prompt }) => message.content.includes(prompt));
        expect(asked, message.content).toBeDefined();
        const answers = asked!.answers.map(({ text }) => text);
        expect(message.embeds).toHaveLength(2);
        for (const { description } of message.embeds) expect(answers).toContain(description);
        const shown = message.history.length;
        discord.press(member, channel, message, "A");
        await waitFor(() => message.history.length > shown || undefined, "the next question");
      }
      const key = { guildId: channel.guildId!, memberId: member.id };
      expect((await running.test.services.profiles.view(key)).votes).toBe(3);
    },
  );
});
