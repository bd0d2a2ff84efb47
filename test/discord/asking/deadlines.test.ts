import { DiscordAPIError, REST, Routes } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenInteraction } from "../../support/loopback-discord/interaction-responses.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../../support/loopback-discord/loopback-discord.js";
import type { Channel, User } from "../../support/loopback-discord/world.js";

const DEFERRED = 5;
const MODAL = 9;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** What Discord refuses, so that a bot that breaks its rules fails its tests as it would fail there. */
describe("the loopback Discord", () => {
  let discord: LoopbackDiscord;
  let rest: REST;
  let user: User;
  let foreign: Channel;
  let home: Channel;
  beforeEach(async () => {
    discord = await startLoopbackDiscord();
    rest = new REST({ version: "10", api: discord.apiUrl, retries: 0 }).setToken(discord.token);
    user = discord.world.addUser("member");
    discord.world.installed.add(user.id);
    foreign = discord.world.addForeignChannel("somewhere else");
    home = discord.createGuild("lounge").channel;
    discord.world.commands = [{ name: "ask", integration_types: [0, 1], contexts: [0, 1, 2] }];
  });
  afterEach(() => discord.close());

  it("takes a first answer within three seconds, and no later", async () => {
    const early = asks();
    discord.interactions.pass(2 * SECOND_MS);
    await respond(early, DEFERRED);
    const late = asks();
    discord.interactions.pass(3 * SECOND_MS + 1);
    expect(await codeOf(respond(late, DEFERRED))).toBe(10062);
  });

  it("takes changes and follow-ups for fifteen minutes, and no longer", async () => {
    const open = asks();
    await respond(open, DEFERRED);
    discord.interactions.pass(14 * MINUTE_MS);
    await edit(open);
    await followUp(open);
    discord.interactions.pass(MINUTE_MS + 1);
    expect(await codeOf(edit(open))).toBe(50027);
    expect(await codeOf(followUp(open))).toBe(50027);
    // And what it refuses takes nobody's token away.
    await rest.get(Routes.user());
  });

  it("takes five follow-ups of a user's own app, and more of a server's", async () => {
    const open = asks();
    await respond(open, DEFERRED);
    await edit(open);
    for (let piece = 0; piece < 5; piece++) await followUp(open);
    expect(await codeOf(followUp(open))).toBe(40094);
    const own = asks(home);
    await respond(own, DEFERRED);
    await edit(own);
    for (let piece = 0; piece < 8; piece++) await followUp(own);
  });

  it("takes the first follow-up of an answer that is awaited for that answer", async () => {
    const open = asks();
    await respond(open, DEFERRED);
    await followUp(open);
    expect(open.answer!.content).toBe("Hello.");
    expect(open.followUps).toEqual([]);
  });

  it("takes a form as a first answer, and none after a form", async () => {
    const open = asks();
    const form = {
      custom_id: "form",
      title: "A form",
      components: [{ type: 18, label: "Words", component: { type: 4, custom_id: "words" } }],
    };
    await respond(open, MODAL, form);
    const submitted = discord.interactions.submit(user, foreign, open.modal!, { words: "Hi" });
    expect(await codeOf(respond(submitted, MODAL, form))).toBe(50035);
    const second = asks();
    const title = "A title that is far too long for any form there is";
    expect(await codeOf(respond(second, MODAL, { ...form, title }))).toBe(50035);
  });

  it("lets nobody reach a channel that the bot is not in", async () => {
    expect(await codeOf(rest.get(Routes.channel(foreign.id)))).toBe(50001);
    const sending = rest.post(Routes.channelMessages(foreign.id), { body: { content: "Hello." } });
    expect(await codeOf(sending)).toBe(50001);
  });

  it("says by whose installation an interaction comes", () => {
    expect(asks().owners).toEqual({ 1: user.id });
    expect(asks(home).owners).toEqual({ 0: home.guildId, 1: user.id });
    discord.world.installed.delete(user.id);
    expect(asks(home).owners).toEqual({ 0: home.guildId });
    expect(() => asks()).toThrow(/does not offer/);
  });

  function asks(channel = foreign): OpenInteraction {
    return discord.interactions.command(user, channel, "ask");
  }

  function respond({ id, token }: OpenInteraction, type: number, data: object = {}) {
    return rest.post(Routes.interactionCallback(id, token), { body: { type, data }, auth: false });
  }

  function edit({ token }: OpenInteraction) {
    const route = Routes.webhookMessage(discord.world.bot.id, token, "@original");
    return rest.patch(route, { body: { content: "Hello." }, auth: false });
  }

  function followUp({ token }: OpenInteraction) {
    const route = Routes.webhook(discord.world.bot.id, token);
    return rest.post(route, { body: { content: "Hello." }, auth: false });
  }

  async function codeOf(request: Promise<unknown>): Promise<number | string | undefined> {
    try {
      await request;
      return undefined;
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      return error.code;
    }
  }
});
