import { afterEach, describe, expect, it } from "vitest";
import { startScene } from "../fixtures.js";
import { DIALECTS, type DialectName } from "../support/loopback-dialects.js";
import type { StoredMessage } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";

const QUESTIONS = 100;

describe("a bot in front of a server of one's own", () => {
  let running: RunningBot;
  afterEach(() => running.close());

  it("answers a member's hundredth question as well as the first, whatever the server refuses", async () => {
    const scene = await startScene({ openai: { dialect: "stubborn" } });
    const { discord, channel, member } = scene;
    const { events } = scene.recording;
    running = scene.running;
    const { openai } = running;
    await running.consent(channel, member);
    let replyTo: StoredMessage | undefined;
    let asked = 0;
    for (let at = 1; at <= QUESTIONS; at++) {
      asked = openai.requests.length;
      const question = discord.say(member, channel, `Question ${at}: when do I water?`, {
        ...(replyTo === undefined ? { mentionBot: true } : { replyTo }),
      });
      const [answer] = await discord.answersTo(question);
      expectAnswer(answer!);
      replyTo = answer!;
    }
    // Nothing is tried again: four candidates, four requests, none of them refused.
    expect(openai.requests.length - asked).toBe(4);
    const last = openai.requests.at(-1)!;
    expect(last).not.toHaveProperty("n");
    expect(last).not.toHaveProperty("temperature");
    const roles = last.messages.map(({ role }) => role);
    expect(roles.slice(0, 3)).toEqual(["user", "assistant", "user"]);
    const heard = JSON.stringify(openai.requests);
    expect(heard).toContain("Question 99");
    expect(heard).not.toContain("SECRET THOUGHTS");
    expect(events.filter(({ level }) => level >= 40)).toEqual([]);
  });

  it.each(Object.keys(DIALECTS) as DialectName[])(
    "tells members apart and loses none of their words: %s",
    async (dialect) => {
      running = await startRunningBot({ openai: { dialect } });
      const { discord, openai } = running;
      const { channel } = discord.createGuild("garden");
      const [ann, bo, cy] = ["ann", "bo", "cy"].map((name) => discord.world.addUser(name));
      const first = discord.say(ann!, channel, "Tea is best.", { mentionBot: true });
      await discord.answersTo(first);
      const toAnn = { replyTo: first, mentionBot: true };
      const second = discord.say(bo!, channel, "Coffee is best.", toAnn);
      await discord.answersTo(second);
      const toBo = { replyTo: second, mentionBot: true };
      const third = discord.say(cy!, channel, "Who is right?", toBo);
      expectAnswer((await discord.answersTo(third))[0]!);
      const heard = openai.requests
        .at(-1)!
        .messages.map(({ content }) => content)
        .join("\n");
      expect(heard).toMatch(
        /Member 3 wrote:\n> Tea is best\.\s+Member 2 wrote:\n> Coffee is best\.\s+Who is right\?/,
      );
    },
  );

  it("tells the model that Discord shows no tables", async () => {
    const scene = await startScene();
    const { discord, channel, member } = scene;
    running = scene.running;
    const { openai } = running;
    await discord.answersTo(discord.say(member, channel, "Compare them.", { mentionBot: true }));
    expect(openai.requests[0]!.messages[0]!.content).toMatch(/tables/);
  });
});

/** An answer or a ballot, without a thought of the model. */
function expectAnswer(message: StoredMessage): void {
  const texts = isBallot(message)
    ? message.embeds.map(({ description }) => description ?? "")
    : [message.content];
  for (const text of texts) {
    expect(text.length).toBeGreaterThan(10);
    expect(text).not.toMatch(/SECRET|think>|: please /);
  }
}
