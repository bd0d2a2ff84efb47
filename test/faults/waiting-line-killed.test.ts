import { afterEach, describe, expect, it } from "vitest";
import { unfinished } from "../../src/discord/messages/waiting-mark.js";
import { speakerOf } from "../../src/language/say.js";
import { type StartedBot, startStartedBot } from "../support/started-bot.js";
import { waitFor } from "../support/wait-for.js";

describe("a bot that is killed while somebody reads that it is still working", () => {
  let bot: StartedBot | undefined;
  afterEach(() => bot?.close());

  it("says after its next start that it was restarted, in the place of the line", async () => {
    bot = await startStartedBot();
    const { discord, openai } = bot;
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    const hanging = new Promise<void>(() => undefined);
    openai.fail({ kind: "hold", until: hanging }, 2);
    const messages = ["When?", "And where?"].map((text) =>
      discord.say(member, channel, text, { mentionBot: true }),
    );
    const lines = await waitFor(() => {
      const found = discord.sentTo(channel).filter(({ content }) => unfinished(content));
      return found.length === 2 ? found : undefined;
    }, "both lines");
    bot.program.kill("SIGKILL");
    await bot.program.ended;
    await bot.start();
    const restarted = speakerOf("en")("messages.restarted");
    await waitFor(
      () => lines.every(({ content }) => content === restarted) || undefined,
      "the lines to say so",
    );
    expect(lines.map(({ repliesTo }) => repliesTo).sort()).toEqual(
      messages.map(({ id }) => id).sort(),
    );
    expect(discord.sentTo(channel)).toHaveLength(2);
  });
});
