import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS, HANDLERS } from "../../commands/all.js";
import { startBot } from "../../src/discord/gateway/bot.js";
import { registerCommands } from "../../src/discord/gateway/register-commands.js";
import { startScene } from "../fixtures.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import { type RunningBot, startRunningBot } from "../support/running-bot.js";
import { silentLog } from "../support/silent-log.js";
import { waitFor } from "../support/wait-for.js";

describe("the slash commands", () => {
  let running: RunningBot;
  let discord: LoopbackDiscord;
  let channel: Channel;
  let member: User;
  beforeAll(async () => {
    ({ running, discord, channel, member } = await startScene({ consented: true }));
  });
  afterAll(() => running.close());

  it("are registered at the start, and not again while they are the same", async () => {
    const names = discord.world.commands.map(({ name }) => name);
    expect(names).toEqual(COMMANDS.map(({ definition }) => definition.name));
    const before = registrations(discord);
    await running.restart();
    expect(registrations(discord)).toBe(before);
  });

  it("leave /retrain to those who may manage the server", () => {
    const retrain = discord.world.commands.find(({ name }) => name === "retrain");
    expect(retrain?.default_member_permissions).toBe(String(1 << 5));
  });

  it("/profile view speaks only to the member, in plain words", async () => {
    const nothing = await discord.command(member, channel, "profile", "view");
    expect(nothing.ephemeral).toBe(true);
    expect(nothing.content).toMatch(/haven't voted so far/);
    await vote();
    const something = await discord.command(member, channel, "profile", "view");
    expect(something.content).toMatch(/after 1 vote/i);
  });

  it("/profile reset asks once, and does what the button says", async () => {
    await vote();
    const kept = await discord.command(member, channel, "profile", "reset");
    expect(kept.ephemeral).toBe(true);
    await press(kept, "Keep it");
    expect(kept.content).toBe("Nothing was deleted.");
    expect(await votes()).toBeGreaterThan(0);

    const reset = await discord.command(member, channel, "profile", "reset");
    await press(reset, "Delete my profile");
    expect(reset.content).toMatch(/votes? are deleted/);
    expect(reset.components).toEqual([]);
    expect(await votes()).toBe(0);
  });

  it("/retrain says what is missing if too few have voted", async () => {
    const answer = await discord.command(discord.world.developer, channel, "retrain", "now");
    // It may still show the progress.
    await waitFor(() => /at least 5 members/.test(answer.content) || undefined, "the refusal");
  });

  it("tell the member when something breaks, and the bot goes on", async () => {
    const { profiles } = running.test.services.store;
    const get = profiles.get.bind(profiles);
    profiles.get = () => Promise.reject(new Error("disk I/O error"));
    const answer = await discord.command(member, channel, "profile", "view");
    expect(answer.content).toMatch(/went wrong/);
    profiles.get = get;
    const again = await discord.command(member, channel, "profile", "view");
    expect(again.content).not.toMatch(/went wrong/);
  });

  async function press(answer: Awaited<ReturnType<typeof discord.command>>, label: string) {
    const shown = answer.history.length;
    discord.press(member, channel, answer, label);
    await waitFor(() => (answer.history.length > shown ? true : undefined), "the button's effect");
  }

  async function vote() {
    const message = discord.say(member, channel, "How do I sleep?", { mentionBot: true });
    const [ballot] = await discord.answersTo(message);
    discord.react(member, ballot!, "🅰️");
    await waitFor(() => (ballot!.embeds.length === 0 ? true : undefined), "the vote");
  }

  async function votes() {
    const key = { guildId: channel.guildId!, memberId: member.id };
    return (await running.test.services.profiles.view(key)).votes;
  }
});

describe("the connection", () => {
  it("registers the commands with only the token", async () => {
    const discord = await startLoopbackDiscord();
    const definitions = COMMANDS.map(({ definition }) => definition);
    const { token, apiUrl } = discord;
    const done = await registerCommands(token, apiUrl, definitions, "shared");
    expect(done).toEqual({ name: "attune", isNew: true, forUsers: true });
    expect(discord.world.commands).toHaveLength(definitions.length);
    await discord.close();
  });

  it("registers the commands if their list can't be read", async () => {
    const running = await startRunningBot({
      beforeStart: ({ rest }) => rest.fail("GET", /commands$/, 404),
    });
    expect(running.discord.world.commands.map(({ name }) => name)).toEqual(
      COMMANDS.map(({ definition }) => definition.name),
    );
    await running.close();
  });

  it("answers even if the commands can't be registered", async () => {
    const running = await startRunningBot({
      beforeStart: ({ rest }) => rest.fail("PUT", /commands$/, 403, 1, 20012),
    });
    const { discord } = running;
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    await running.consent(channel, member);
    const message = discord.say(member, channel, "Hello?", { mentionBot: true });
    expect(await discord.answersTo(message)).toHaveLength(1);
    await running.close();
  });

  it("says what to check if Discord can't be reached", async () => {
    const running = await startRunningBot();
    const { services } = running.test;
    const apiUrl = "http://127.0.0.1:9/api";
    const start = startBot({
      token: "token",
      apiUrl,
      services,
      handlers: HANDLERS,
      log: silentLog,
    });
    await expect(start).rejects.toMatchObject({
      name: "LoginError",
      message: expect.stringMatching(/DISCORD_TOKEN.*DISCORD_API_URL/),
      cause: expect.anything(),
    });
    await running.close();
  });

  it("says that a token is wrong", async () => {
    const discord = await startLoopbackDiscord();
    const running = await startRunningBot();
    const { services } = running.test;
    const start = startBot({
      token: "wrong",
      apiUrl: discord.apiUrl,
      services,
      handlers: HANDLERS,
      log: silentLog,
    });
    await expect(start).rejects.toThrow(/token/i);
    await running.close();
    await discord.close();
  });

  it("keeps to the rate limits that Discord announces", async () => {
    // One candidate: nobody is asked for consent below the answer.
    const openai = { answer: () => "Hello." };
    const running = await startRunningBot({ discord: { rateLimit: [2, 300] }, openai });
    const { discord } = running;
    const channel = discord.createGuild("busy").channel;
    const messages = Array.from({ length: 3 }, (_, at) =>
      discord.say(discord.world.addUser(`member${at}`), channel, "Hello?", { mentionBot: true }),
    );
    const answers = await Promise.all(messages.map((message) => discord.answersTo(message)));
    expect(answers.flat()).toHaveLength(3);
    const refused = discord.requests.filter(({ status }) => status === 429).length;
    expect(refused).toBeLessThanOrEqual(discord.requests.length / 4);
    await running.close();
  });
});

function registrations({ requests }: LoopbackDiscord): number {
  return requests.filter(({ method, path }) => method === "PUT" && path.endsWith("/commands"))
    .length;
}
