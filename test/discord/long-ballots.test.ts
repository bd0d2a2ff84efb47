import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Channel, StoredMessage } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { STYLES, styledAnswer } from "../support/styled-answers.js";
import { waitFor } from "../support/wait-for.js";

/** More than a message takes, and two of them more than the embeds of one message take. */
const LENGTH = 4_500;

describe("a ballot between long answers", () => {
  const written: string[] = [];
  let running: RunningBot;
  let channel: Channel;
  beforeAll(async () => {
    const answer = (question: string, index: number) => {
      let text = "";
      for (let part = 1; text.length < LENGTH; part++) {
        text += `${styledAnswer(question, STYLES[index % STYLES.length]!, index)} Part ${part}.\n\n`;
      }
      written.push(text.trim());
      return text;
    };
    running = await startRunningBot({ openai: { answer } });
  });
  afterAll(() => running.close());

  it("shows as much of both as fits, then the chosen one whole, and follows a change", async () => {
    const { discord } = running;
    const member = discord.world.addUser("member");
    channel = discord.directChannel(member);
    await running.consent(channel, member);
    const [ballot] = await discord.answersTo(discord.say(member, channel, "Tell me everything"));
    await waitFor(() => ballot!.reactions.size === 4 || undefined, "the reactions");
    const [a, b] = ballot!.embeds.map(({ description }) => description!);
    for (const shown of [a, b]) expect(shown).toMatch(/…$/);

    discord.react(member, ballot!, "🅰️");
    await shownWhole(ballot!, fullTextOf(a!));
    discord.react(member, ballot!, "🅱️");
    await shownWhole(ballot!, fullTextOf(b!));
    discord.unreact(member, ballot!, "🅱️");
    discord.unreact(member, ballot!, "🅰️");
    await waitFor(
      () => (isBallot(ballot!) && discord.sentTo(channel).length === 1) || undefined,
      "the question alone",
    );
    expect(ballot!.embeds.map(({ description }) => description)).toEqual([a, b]);
  });

  /** In the ballot's message and the replies that follow it, in order, nothing else. */
  function shownWhole(ballot: StoredMessage, text: string) {
    const words = text.split(/\s+/).join(" ");
    return waitFor(() => {
      const pieces = running.discord.sentTo(channel).map(({ content }) => content);
      const shown = pieces.join(" ").split(/\s+/).join(" ");
      return (!isBallot(ballot) && pieces.length > 2 && shown === words) || undefined;
    }, "the whole answer");
  }

  function fullTextOf(shown: string): string {
    const texts = written.filter((text) => text.startsWith(shown.replace(/…$/, "").trimEnd()));
    expect(texts).toHaveLength(1);
    return texts[0]!;
  }
});
