import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoredMessage } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const ANSWER = "Water the plants in the morning.";

/** One candidate text means no ballot: the bot always answers. */
describe("a conversation", () => {
  let running: RunningBot;
  beforeAll(async () => {
    running = await startRunningBot({ openai: { answer: () => ANSWER } });
  });
  afterAll(() => running.close());

  const setUp = () => {
    const { discord } = running;
    const { channel } = discord.createGuild("garden");
    return { discord, channel, member: discord.world.addUser("member") };
  };

  it("answers a mention with a reply, and pings nobody", async () => {
    const { discord, channel, member } = setUp();
    const message = discord.say(member, channel, "When do I water?", { mentionBot: true });
    const [answer] = await discord.answersTo(message);
    expect(answer!.content).toBe(ANSWER);
    expect(answer!.allowedMentions).toMatchObject({ parse: [], replied_user: false });
    expect(running.openai.requests.at(-1)!.messages.at(-1)).toEqual({
      role: "user",
      content: "When do I water?",
    });
  });

  it("shows that it is typing when the answer takes a while", async () => {
    const { discord, channel, member } = setUp();
    running.openai.fail({ kind: "delay", ms: 1_000 });
    await discord.answersTo(discord.say(member, channel, "When?", { mentionBot: true }));
    const typing = discord.requests.filter(({ path }) => path === `channels/${channel.id}/typing`);
    expect(typing).toHaveLength(1);
  });

  it("asks for no privileged intent", () => {
    const privileged = (1 << 1) | (1 << 8) | (1 << 15);
    expect(running.discord.gateway.intents.every((bits) => (bits & privileged) === 0)).toBe(true);
  });

  it("answers a reply to it, knowing what was said before", async () => {
    const { discord, channel, member } = setUp();
    const first = discord.say(member, channel, "When do I water?", { mentionBot: true });
    const [answer] = await discord.answersTo(first);
    const second = discord.say(member, channel, "And in winter?", { replyTo: answer! });
    await discord.answersTo(second);
    const { messages } = running.openai.requests.at(-1)!;
    expect(messages.slice(1).map(({ content }) => content)).toEqual([
      "When do I water?",
      ANSWER,
      "And in winter?",
    ]);
  });

  it("answers a direct message without a mention", async () => {
    const { discord, member } = setUp();
    const message = discord.say(member, discord.directChannel(member), "Hello there");
    const [answer] = await discord.answersTo(message);
    expect(answer!.content).toBe(ANSWER);
  });

  it("says nothing when nobody speaks to it: @everyone, other talk, itself", async () => {
    const { discord, channel, member } = setUp();
    discord.say(member, channel, "@everyone look", { mentionEveryone: true });
    discord.say(member, channel, "just chatting");
    const asked = discord.say(member, channel, "And you?", { mentionBot: true });
    await discord.answersTo(asked);
    expect(discord.sentTo(channel)).toHaveLength(1);
  });

  it("asks for the question if a mention says nothing", async () => {
    const { discord, channel, member } = setUp();
    const [answer] = await discord.answersTo(
      discord.say(member, channel, "", { mentionBot: true }),
    );
    expect(answer!.content).toMatch(/question/);
  });

  it("goes on after the connection broke", async () => {
    const { discord, channel, member } = setUp();
    discord.gateway.dropConnections();
    const message = discord.say(member, channel, "Still there?", { mentionBot: true });
    const [answer] = await discord.answersTo(message);
    expect(answer!.content).toBe(ANSWER);
  });

  it("tells the member in one sentence when no candidate comes", async () => {
    const { discord, channel, member } = setUp();
    running.openai.fail({ kind: "status", status: 400, code: "content_filter" });
    const message = discord.say(member, channel, "Hello?", { mentionBot: true });
    const [answer] = await discord.answersTo(message);
    expect(answer!.content).toMatch(/put it differently/);
  });

  it("tries again if Discord fails for a moment", async () => {
    const { discord, channel, member } = setUp();
    discord.rest.fail("POST", /messages$/, 502);
    const message = discord.say(member, channel, "Hello?", { mentionBot: true });
    const [answer] = await discord.answersTo(message);
    expect(answer!.content).toBe(ANSWER);
  });

  it("goes on when the channel may not be written to", async () => {
    const { discord, channel, member } = setUp();
    discord.rest.fail("POST", /messages$/, 403, 1, 50013);
    const refused = discord.say(member, channel, "Hello?", { mentionBot: true });
    await waitFor(
      () => discord.requests.some(({ status }) => status === 403) || undefined,
      "the refusal",
    );
    const message = discord.say(member, channel, "And now?", { mentionBot: true });
    expect(await discord.answersTo(message)).toHaveLength(1);
    expect(answersBelow(discord.sentTo(channel), refused)).toHaveLength(0);
  });
});

describe("a long answer", () => {
  const CODE = Array.from({ length: 120 }, (_, line) => `const value${line} = ${line};`).join("\n");
  const LONG = `Here it is:\n\n\`\`\`ts\n${CODE}\n\`\`\`\n\nThat is all.`;
  let running: RunningBot;
  beforeAll(async () => {
    running = await startRunningBot({ openai: { answer: () => LONG } });
  });
  afterAll(() => running.close());

  it("arrives whole, in order, with its code fences closed and opened again", async () => {
    const { discord } = running;
    const member = discord.world.addUser("member");
    const channel = discord.directChannel(member);
    discord.say(member, channel, "Show me");
    const sent = await waitFor(() => {
      const messages = discord.sentTo(channel);
      return messages.at(-1)?.content.endsWith("That is all.") ? messages : undefined;
    }, "the last piece");
    expect(sent.length).toBeGreaterThan(1);
    for (const { content } of sent) {
      expect(content.length).toBeLessThanOrEqual(2000);
      expect(content.match(/```/g)?.length ?? 0).toSatisfy((fences: number) => fences % 2 === 0);
    }
    const lines = sent.flatMap(({ content }) => content.split("\n"));
    expect(lines.filter((line) => line.startsWith("const value")).join("\n")).toBe(CODE);
  });
});

describe("with answers that differ", () => {
  it("posts both as embeds in one message, with four reactions in order", async () => {
    const running = await startRunningBot();
    try {
      const { discord } = running;
      const member = discord.world.addUser("member");
      const channel = discord.directChannel(member);
      await running.consent(channel, member);
      const message = discord.say(member, channel, "How do I sleep better?");
      const [ballot] = await discord.answersTo(message);
      expect(isBallot(ballot!)).toBe(true);
      expect(ballot!.embeds.map(({ title }) => title)).toEqual(["A", "B"]);
      await waitFor(() => (ballot!.reactions.size === 4 ? true : undefined), "four reactions");
      expect([...ballot!.reactions.keys()]).toEqual(["🅰️", "🅱️", "🤝", "👎"]);
    } finally {
      await running.close();
    }
  });
});

describe("a reply to a ballot that is still open", () => {
  it("continues from the answer that is shown first, not from the bot's own question", async () => {
    const running = await startRunningBot();
    try {
      const { discord, openai } = running;
      const member = discord.world.addUser("member");
      const channel = discord.directChannel(member);
      await running.consent(channel, member);
      const first = discord.say(member, channel, "How do I sleep better?");
      const [ballot] = await discord.answersTo(first);
      await discord.answersTo(discord.say(member, channel, "Really?", { replyTo: ballot! }));
      const { messages } = openai.requests.at(-1)!;
      expect(messages.slice(1).map(({ content }) => content)).toEqual([
        "How do I sleep better?",
        ballot!.embeds[0]!.description,
        "Really?",
      ]);
    } finally {
      await running.close();
    }
  });
});

function answersBelow(messages: readonly StoredMessage[], message: StoredMessage) {
  return messages.filter(({ repliesTo }) => repliesTo === message.id);
}
