import { afterEach, describe, expect, it } from "vitest";
import { COMMANDS } from "../../../commands/all.js";
import { type Scene, startScene } from "../../fixtures.js";
import { ask } from "../../support/asked.js";
import type { Channel, User } from "../../support/loopback-discord/world.js";
import { isBallot } from "../../support/running-bot.js";

const MEMBERS_ONLY = /only members of a server that I am on/;
const SWITCHED_OFF = /switched off my use outside/;
const MINUTE_MS = 60_000;

describe("who may take the bot along", () => {
  let scene: Scene;
  let foreign: Channel;
  let stranger: User;
  afterEach(() => scene.running.close());

  it("members of a server that it is on, and nobody else, unless the operator says otherwise", async () => {
    await start();
    expect((await said(scene.member)).content).not.toMatch(MEMBERS_ONLY);
    const asked = scene.running.openai.requests.length;
    expect((await said(stranger)).content).toMatch(MEMBERS_ONLY);
    expect(scene.running.openai.requests).toHaveLength(asked);
  });

  it("Discord is asked once for many questions, and somebody who joins is let in a minute later", async () => {
    let now = Date.now();
    await start({}, () => now);
    const lookUps = () =>
      scene.discord.requests.filter(({ path }) => /^guilds\/\d+\/members/.test(path)).length;
    await said(scene.member);
    await said(stranger);
    const before = lookUps();
    await said(scene.member);
    await said(stranger);
    expect(lookUps()).toBe(before);
    scene.discord.world.strangers.delete(stranger.id);
    now += MINUTE_MS + 1;
    expect((await said(stranger)).content).not.toMatch(MEMBERS_ONLY);
  });

  it("whoever runs it, from wherever they are", async () => {
    await start();
    const { developer } = scene.discord.world;
    scene.discord.world.strangers.add(developer.id);
    scene.discord.world.installed.add(developer.id);
    expect((await said(developer)).content).not.toMatch(MEMBERS_ONLY);
  });

  it("somebody of whom Discord does not say it is asked to try again", async () => {
    await start();
    scene.discord.rest.fail("GET", /members/, 403, 1, 50001);
    expect((await said(scene.member)).content).toMatch(/try again in a minute/);
    expect((await said(scene.member)).content).not.toMatch(/try again in a minute/);
  });

  it("nobody else writes to it directly either, whom Discord lets through because they have the app", async () => {
    await start();
    const { discord, member } = scene;
    const asked = scene.running.openai.requests.length;
    const direct = discord.directChannel(stranger);
    const [refused] = await discord.answersTo(discord.say(stranger, direct, "Hello?"));
    expect(refused!.content).toMatch(MEMBERS_ONLY);
    expect((await ask(discord, stranger, direct)).answer!.content).toMatch(MEMBERS_ONLY);
    expect(scene.running.openai.requests).toHaveLength(asked);
    const own = discord.say(member, discord.directChannel(member), "Hello?");
    expect((await discord.answersTo(own))[0]!.content).not.toMatch(MEMBERS_ONLY);
    // While Discord does not say who is what, everybody is answered.
    discord.rest.fail("GET", /members/, 403, 99, 50001);
    const other = discord.world.addUser("another stranger");
    const third = discord.say(other, discord.directChannel(other), "Hello?");
    expect((await discord.answersTo(third))[0]!.content).not.toMatch(MEMBERS_ONLY);
  });

  it("anybody, if the operator opens it", async () => {
    await start({ USER_INSTALL: "on" });
    expect((await said(stranger)).content).not.toMatch(MEMBERS_ONLY);
    expect(scene.discord.requests.filter(({ path }) => /members/.test(path))).toEqual([]);
  });

  it("nobody, if the operator closes it: Discord does not offer it, and what comes all the same is refused", async () => {
    await start({ USER_INSTALL: "off" });
    await expect(said(scene.member)).rejects.toThrow(/does not offer/);
    for (const command of scene.discord.world.commands) {
      expect(command.integration_types).toEqual([0]);
      expect(command.contexts).not.toContain(2);
    }
    // As from a client that has not heard of the change.
    const old = scene.discord.world.commands.find(({ name }) => name === "ask")!;
    old.integration_types = [0, 1];
    const asked = scene.running.openai.requests.length;
    expect((await said(scene.member)).content).toMatch(SWITCHED_OFF);
    expect(scene.running.openai.requests).toHaveLength(asked);
    // On its own servers nothing changes.
    const { answer } = await ask(scene.discord, scene.member, scene.channel);
    expect(answer!.content).not.toMatch(SWITCHED_OFF);
  });

  it("nobody while the application's page at Discord does not allow it, and the bot starts all the same", async () => {
    scene = await startScene({
      beforeStart: ({ world }) => {
        world.portal = { integration_types_config: { 0: {} } };
      },
    });
    const { discord, recording } = scene;
    expect(discord.world.commands).toHaveLength(COMMANDS.length);
    for (const command of discord.world.commands) expect(command.integration_types).toEqual([0]);
    expect(recording.events).toContainEqual(
      expect.objectContaining({
        event: "commands.not-for-users",
        hint: expect.stringMatching(/User Install/),
      }),
    );
  });

  it("only what makes sense for somebody's own app goes with them", async () => {
    await start();
    const along = scene.discord.world.commands
      .filter(({ integration_types: types }) => (types as number[]).includes(1))
      .map(({ name }) => name);
    expect(along.sort()).toEqual(
      [
        "ask",
        "profile",
        "privacy",
        "Ask about this",
        "Why this answer?",
        "Answer without my profile",
      ].sort(),
    );
  });

  it("closed channels and budgets hold for /ask as well", async () => {
    await start({ MESSAGES_PER_DAY: "2/9/9" });
    const { discord, guild, member, running, channel } = scene;
    await running.test.services.guildSettings.change(guild.id, {
      channelIds: [discord.createChannel(guild.id, "open").id],
    });
    const closed = await ask(discord, member, channel);
    expect(closed.answer!.content).toMatch(/not opened this channel/);
    expect(closed.answer!.ephemeral).toBe(true);
    await ask(discord, member, foreign);
    await ask(discord, member, discord.directChannel(member));
    const third = await ask(discord, member, foreign);
    expect(third.answer!.content).toMatch(/Your messages for today are used up/);
    expect(third.answer!.ephemeral).toBe(true);
  });

  it("the budget of all use outside of servers leaves that of the servers alone", async () => {
    await start({
      TOKENS_PER_DAY: "1000000/1000000/1000000/9000000",
      PERSONAL_TOKENS_PER_DAY: "1",
    });
    const { discord, member, other, channel } = scene;
    await ask(discord, member, foreign);
    discord.world.installed.add(other.id);
    const { answer } = await ask(discord, other, foreign);
    expect(answer!.content).toMatch(/Outside of servers, my budget for today is used up/);
    const { admin } = scene;
    const direct = discord.say(admin, discord.directChannel(admin), "Hello?");
    expect((await discord.answersTo(direct))[0]!.content).toMatch(/Outside of servers/);
    const here = discord.say(member, channel, "Hello?", { mentionBot: true });
    const [answered] = await discord.answersTo(here);
    expect(isBallot(answered!) || !/used up/.test(answered!.content)).toBe(true);
  });

  async function start(environment: NodeJS.ProcessEnv = {}, clock?: () => number) {
    scene = await startScene({ environment, ...(clock && { clock }) });
    const { world } = scene.discord;
    foreign = world.addForeignChannel("somewhere else");
    stranger = world.addUser("stranger");
    world.strangers.add(stranger.id);
    for (const { id } of [scene.member, stranger]) world.installed.add(id);
  }

  async function said(user: User) {
    return (await ask(scene.discord, user, foreign)).answer!;
  }
});
