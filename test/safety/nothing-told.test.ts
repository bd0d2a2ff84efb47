import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { type RunningBot, startRunningBot } from "../support/running-bot.js";

const TOKEN = ["MTIzNDU2Nzg5MDEyMzQ1Njc4", "GhIjKl", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6"].join(".");
const API_KEY = "a-key-of-no-known-shape";
const KEY = Buffer.alloc(32, 9);
const INSTRUCTION =
  "You are Sir Basil, keeper of the herb garden. Never mention the compost scandal.";

describe("the bot's own words", () => {
  let running: RunningBot;
  let channel: Channel;
  let admin: User;
  beforeAll(async () => {
    running = await startRunningBot({
      discord: { token: TOKEN },
      environment: {
        DISCORD_TOKEN: TOKEN,
        OPENAI_API_KEY: API_KEY,
        ENCRYPTION_KEY: KEY.toString("base64"),
        SYSTEM_PROMPT: INSTRUCTION,
      },
    });
    channel = running.discord.createGuild("garden").channel;
    // Whom the bot belongs to is shown most.
    admin = running.discord.world.developer;
    running.discord.world.managers.add(admin.id);
  });
  afterAll(() => running.close());

  it.each([
    ["status"],
    ["retrain", "status"],
    ["settings", "view"],
    ["privacy"],
    ["profile", "view"],
    ["profile", "export"],
    ["profile", "consent"],
  ])("hold no secret and no system prompt: /%s %s", async (name, subcommand?: string) => {
    const answer = await running.discord.command(admin, channel, name, subcommand);
    const files = answer.attachments.map(({ bytes }) => Buffer.from(bytes).toString("latin1"));
    const told = JSON.stringify([answer.content, answer.embeds, answer.history, ...files]);
    expect(answer.content.length).toBeGreaterThan(0);
    for (const secret of [TOKEN, API_KEY, KEY.toString("base64"), KEY.toString("hex")]) {
      expect(told).not.toContain(secret);
    }
    expect(told).not.toMatch(/compost|Sir Basil/);
  });

  it("hold no secret where the language model refuses the key", async () => {
    const { discord, openai } = running;
    openai.fail({ kind: "status", status: 401, message: `Incorrect API key: ${API_KEY}` }, 4);
    const [answer] = await discord.answersTo(
      discord.say(admin, channel, "Hello?", { mentionBot: true }),
    );
    expect(answer!.content).toMatch(/refuses my key/);
    expect(answer!.content).not.toContain(API_KEY);
    openai.recover();
  });

  it("follow a chain of replies that can't be read only so far", async () => {
    const { discord } = running;
    const talker = discord.world.addUser("talker");
    let last: StoredMessage | undefined;
    for (let at = 0; at < 120; at++) {
      last = discord.say(talker, channel, "among ourselves", last && { replyTo: last });
    }
    const before = discord.requests.length;
    await discord.answersTo(
      discord.say(admin, channel, "What do you say?", { mentionBot: true, replyTo: last! }),
    );
    const read = discord.requests
      .slice(before)
      .filter(({ method, path }) => method === "GET" && /messages\/\d+$/.test(path));
    expect(read.length).toBeLessThanOrEqual(36);
  });
});
