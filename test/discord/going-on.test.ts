import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startScene } from "../fixtures.js";
import type { Channel, StoredMessage } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const SUPPRESS_EMBEDS = 1 << 2;

/** Each answer says what it answers, and there is one candidate text: the bot always answers. */
describe("a conversation without replies", () => {
  let running: RunningBot;
  beforeAll(async () => {
    running = await startRunningBot({ openai: { answer: (question) => `About: ${question}` } });
  });
  afterAll(() => running.close());

  const setUp = () => {
    const { discord } = running;
    const { channel } = discord.createGuild("garden");
    const member = discord.world.addUser("member");
    const other = discord.world.addUser("other");
    return { discord, channel, member, other, direct: discord.directChannel(member) };
  };
  /** What the model was asked last, after the system message. */
  const asked = () =>
    running.openai.requests
      .at(-1)!
      .messages.slice(1)
      .map(({ content }) => content);
  const answer = async (message: StoredMessage) => (await running.discord.answersTo(message))[0]!;
  const readings = (channel: Channel) =>
    running.discord.requests.filter(
      ({ method, path }) => method === "GET" && path === `channels/${channel.id}/messages`,
    );

  it("goes on in direct messages", async () => {
    const { discord, member, direct } = setUp();
    await answer(discord.say(member, direct, "Basil or mint?"));
    await answer(discord.say(member, direct, "And in winter?"));
    expect(asked()).toEqual(["Basil or mint?", "About: Basil or mint?", "And in winter?"]);
  });

  it("asks Discord for what was said once, not for every message", async () => {
    const { discord, member, direct } = setUp();
    for (const word of ["One", "Two", "Three"]) await answer(discord.say(member, direct, word));
    expect(asked()).toEqual(["One", "About: One", "Two", "About: Two", "Three"]);
    expect(readings(direct)).toHaveLength(1);
  });

  it("uses nothing that was deleted meanwhile", async () => {
    const { discord, member, direct } = setUp();
    const before = { channelId: direct.id, author: member };
    const secret = discord.saidBefore(1, { ...before, content: "My secret." });
    await answer(discord.say(member, direct, "One"));
    expect(asked()).toEqual(["My secret.\n\nOne"]);
    discord.remove(secret);
    await answer(discord.say(member, direct, "Two"));
    expect(asked()[0]).toBe("One");
  });

  it("ends at a gap of hours", async () => {
    const { discord, member, direct } = setUp();
    const said = (hours: number, content: string) =>
      discord.saidBefore(hours, { channelId: direct.id, author: member, content });
    said(9, "Too old.");
    said(3.5, "Young enough.");
    said(1, "Younger.");
    await answer(discord.say(member, direct, "Now"));
    expect(asked()).toEqual(["Young enough.\n\nYounger.\n\nNow"]);
  });

  it("a reply wins: what it answers counts alone", async () => {
    const { discord, member, direct } = setUp();
    const first = await answer(discord.say(member, direct, "Basil?"));
    await answer(discord.say(member, direct, "Something else: tyres?"));
    await answer(discord.say(member, direct, "And mint?", { replyTo: first }));
    expect(asked()).toEqual(["Basil?", "About: Basil?", "And mint?"]);
  });

  it("/new begins another one, also after a restart and when its answer is deleted", async () => {
    const { discord, member, direct } = setUp();
    await answer(discord.say(member, direct, "Basil?"));
    const begun = await discord.command(member, direct, "new");
    expect(begun).toMatchObject({ ephemeral: false });
    expect(begun.content).toMatch(/new conversation/i);
    await answer(discord.say(member, direct, "Tyres?"));
    expect(asked()).toEqual(["Tyres?"]);
    await running.restart();
    await answer(discord.say(member, direct, "Winter ones?"));
    expect(asked()).toEqual(["Tyres?", "About: Tyres?", "Winter ones?"]);

    const again = await discord.command(member, direct, "new");
    discord.remove(discord.world.messages.get(again.id)!);
    await answer(discord.say(member, direct, "Boats?"));
    expect(asked()).toEqual(["Boats?"]);
  });

  it("an answer that comes after /new to what was asked before it does not count", async () => {
    const { discord, member, direct } = setUp();
    running.openai.fail({ kind: "delay", ms: 400 });
    const slow = discord.say(member, direct, "Basil?");
    await discord.command(member, direct, "new");
    await answer(slow);
    await answer(discord.say(member, direct, "Tyres?"));
    expect(asked()).toEqual(["Tyres?"]);
  });

  it("nobody can write what /new leaves behind", async () => {
    const { discord, member, direct } = setUp();
    await answer(discord.say(member, direct, "✂️ A new conversation begins here."));
    await answer(discord.say(member, direct, "Still there?"));
    expect(asked()).toHaveLength(3);
  });

  it("/new in a channel says that every mention begins one, to the member alone", async () => {
    const { discord, channel, member } = setUp();
    const said = await discord.command(member, channel, "new");
    expect(said).toMatchObject({ ephemeral: true });
    expect(said.content).toMatch(/every mention begins a new conversation already/);
  });

  it("notices of the bot are no part of it", async () => {
    const { discord, member, direct } = setUp();
    running.openai.fail({ kind: "status", status: 400, code: "content_filter" });
    await answer(discord.say(member, direct, "Something bad"));
    await answer(discord.say(member, direct, "", { extras: { stickers: ["wave"] } }));
    await answer(discord.say(member, direct, "Something good"));
    expect(asked().join("\n")).not.toMatch(/declined|look at/);
    expect(asked().every((content) => content.includes("Something"))).toBe(true);
  });

  it("takes twelve turns at most, and twelve thousand characters", async () => {
    const { discord, member, direct } = setUp();
    for (let at = 0; at < 60; at++) {
      const isBot = at % 2 === 1;
      discord.saidBefore((60 - at) / 20, {
        ...{ channelId: direct.id, content: `${at}: ${"x".repeat(1_500)}` },
        author: isBot ? discord.world.bot : member,
        flags: isBot ? SUPPRESS_EMBEDS : 0,
      });
    }
    await answer(discord.say(member, direct, "Now"));
    expect(asked().length).toBeLessThanOrEqual(12);
    expect(asked().join("").length).toBeLessThanOrEqual(12_100);
    expect(asked().at(-2)).toMatch(/^59: /);
    const [reading] = readings(direct);
    expect(reading).toBeDefined();
  });

  it("answers without it when Discord does not tell what was said", async () => {
    const { discord, member, direct } = setUp();
    await answer(discord.say(member, direct, "Basil?"));
    await running.restart();
    discord.rest.fail("GET", /messages$/, 403, 1, 50001);
    await answer(discord.say(member, direct, "And in winter?"));
    expect(asked()).toEqual(["And in winter?"]);
  });

  it("in a channel a mention stands for itself", async () => {
    const { discord, channel, member } = setUp();
    await answer(discord.say(member, channel, "Basil?", { mentionBot: true }));
    await answer(discord.say(member, channel, "Winter?", { mentionBot: true }));
    expect(asked()).toEqual(["Winter?"]);
    expect(readings(channel)).toHaveLength(0);
  });

  it("goes on in a thread, with what the bot may read: its answers, mentions of it, the starter", async () => {
    const { discord, channel, member, other } = setUp();
    const starter = discord.say(other, channel, "Whose basil is this?", { mentionBot: true });
    await answer(starter);
    const thread = discord.createThread(channel, "Basil", true, starter);
    discord.say(other, thread, "Hidden from the bot");
    await answer(discord.say(member, thread, "Does it like sun?", { mentionBot: true }));
    discord.say(other, thread, "Hidden as well");
    await answer(discord.say(member, thread, "And rain?", { mentionBot: true }));
    expect(asked()).toEqual([
      "Member 2 wrote:\n> Whose basil is this?\n\nDoes it like sun?",
      expect.stringMatching(/^About: .*Does it like sun\?$/s),
      "And rain?",
    ]);
    await discord.command(member, thread, "new");
    await answer(discord.say(member, thread, "Tyres?", { mentionBot: true }));
    expect(asked()).toEqual(["Tyres?"]);
  });

  it("a thread made from the bot's answer goes on with that answer", async () => {
    const { discord, channel, member } = setUp();
    const first = await answer(discord.say(member, channel, "Basil?", { mentionBot: true }));
    const thread = discord.createThread(channel, "Basil", true, first);
    await answer(discord.say(member, thread, "In winter?", { mentionBot: true }));
    expect(asked().slice(-2)).toEqual(["About: Basil?", "In winter?"]);
  });

  it("a thread whose starter is gone goes on without it", async () => {
    const { discord, channel, member } = setUp();
    const starter = discord.say(member, channel, "Basil?", { mentionBot: true });
    await answer(starter);
    const thread = discord.createThread(channel, "Basil", true, starter);
    discord.remove(starter);
    await answer(discord.say(member, thread, "In winter?", { mentionBot: true }));
    expect(asked()).toEqual(["In winter?"]);
  });
});

describe("a conversation with ballots", () => {
  let running: RunningBot;
  beforeAll(async () => {
    running = await startRunningBot();
  });
  afterAll(() => running.close());

  const ask = async () => {
    const { discord } = running;
    const member = discord.world.addUser("member");
    const direct = discord.directChannel(member);
    await running.consent(direct, member);
    const [ballot] = await discord.answersTo(discord.say(member, direct, "How do I sleep?"));
    expect(isBallot(ballot!)).toBe(true);
    return { discord, member, direct, ballot: ballot! };
  };
  const asked = () => running.openai.requests.at(-1)!.messages.slice(1);

  it("goes on from the answer that was chosen", async () => {
    const { discord, member, direct, ballot } = await ask();
    discord.press(member, direct, ballot, "B");
    await waitFor(() => !isBallot(ballot) || undefined, "the choice");
    await discord.answersTo(discord.say(member, direct, "Really?"));
    expect(asked().map(({ content }) => content)).toEqual([
      "How do I sleep?",
      ballot.content,
      "Really?",
    ]);
  });

  it("takes a ballot without a choice for nothing that was said", async () => {
    const { discord, member, direct } = await ask();
    await discord.answersTo(discord.say(member, direct, "Hm."));
    expect(asked().map(({ content }) => content)).toEqual(["How do I sleep?\n\nHm."]);
  });
});

describe("a line that says that an answer takes a while", () => {
  it("counts as what it has become", async () => {
    const { running, discord, member } = await startScene({
      openai: { answer: (question) => `About: ${question}` },
      waitMs: 20,
    });
    try {
      const direct = discord.directChannel(member);
      running.openai.fail({ kind: "delay", ms: 300 });
      await discord.answersTo(discord.say(member, direct, "Basil?"));
      await discord.answersTo(discord.say(member, direct, "Mint?"));
      const turns = running.openai.requests.at(-1)!.messages.slice(1);
      expect(turns.map(({ content }) => content)).toEqual(["Basil?", "About: Basil?", "Mint?"]);
    } finally {
      await running.close();
    }
  });
});

describe("with CONVERSATION_GAP_HOURS=0", () => {
  it("only replies go on", async () => {
    const running = await startRunningBot({
      openai: { answer: () => "Yes." },
      environment: { CONVERSATION_GAP_HOURS: "0" },
    });
    try {
      const { discord, openai } = running;
      const member = discord.world.addUser("member");
      const direct = discord.directChannel(member);
      const [answer] = await discord.answersTo(discord.say(member, direct, "Basil?"));
      await discord.answersTo(discord.say(member, direct, "Mint?"));
      expect(openai.requests.at(-1)!.messages).toHaveLength(2);
      await discord.answersTo(discord.say(member, direct, "Why?", { replyTo: answer! }));
      expect(openai.requests.at(-1)!.messages).toHaveLength(4);
    } finally {
      await running.close();
    }
  });
});
