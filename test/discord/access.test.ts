import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMMANDS } from "../../commands/all.js";
import { startScene } from "../fixtures.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import type { RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const BELONGS = /belongs to those who run me/;
const MANAGERS = /it needs Manage Server/;
const NOON = Date.UTC(2026, 0, 31, 12);
const HOUR_MS = 60 * 60_000;
const RETRAIN = ["now", "status", "restore"] as const;

describe("who may", () => {
  let running: RunningBot;
  let channel: Channel;
  let admin: User;
  let member: User;
  let now = NOON;
  beforeEach(async () => {
    now = NOON;
    await start();
  });
  afterEach(() => running.close());

  it("retrain belongs to the application's owner, on every server and in direct messages", async () => {
    for (const subcommand of RETRAIN) {
      expect(await said(admin, "retrain", subcommand)).toMatch(BELONGS);
      expect(await said(member, "retrain", subcommand)).toMatch(BELONGS);
      expect(await said(running.discord.world.developer, "retrain", subcommand)).not.toMatch(
        BELONGS,
      );
    }
    const direct = running.discord.directChannel(member);
    expect(await saidIn(direct, member, "retrain", "restore")).toMatch(BELONGS);
    const own = running.discord.directChannel(running.discord.world.developer);
    expect(await saidIn(own, running.discord.world.developer, "retrain", "status")).toMatch(
      /No training is running/,
    );
  });

  it("of a team, to its owner and to those who joined it and may change things", async () => {
    const { world } = running.discord;
    const user = (name: string) => world.addUser(name);
    const [owner, administrator, developer] = [user("owner"), user("administrator"), user("dev")];
    const [reader, invited] = [user("reader"), user("invited")];
    world.team = {
      owner,
      members: [
        { user: administrator, role: "admin", accepted: true },
        { user: developer, role: "developer", accepted: true },
        { user: reader, role: "read_only", accepted: true },
        { user: invited, role: "admin", accepted: false },
      ],
    };
    for (const one of [owner, administrator, developer]) {
      expect(await said(one, "retrain", "status")).toMatch(/No training is running/);
    }
    for (const one of [reader, invited, world.developer, admin]) {
      expect(await said(one, "retrain", "status")).toMatch(BELONGS);
    }
  });

  it("somebody who leaves the team may no more, an hour later at most", async () => {
    const { world } = running.discord;
    const developer = world.addUser("developer-of-the-team");
    const members = [{ user: developer, role: "developer", accepted: true } as const];
    world.team = { owner: world.developer, members };
    expect(await said(developer, "retrain", "status")).not.toMatch(BELONGS);
    world.team = { owner: world.developer, members: [] };
    now += HOUR_MS;
    expect(await said(developer, "retrain", "status")).toMatch(BELONGS);
  });

  it("Discord is asked once for many calls", async () => {
    const asked = () =>
      running.discord.requests.filter(({ path }) => /applications\/@me$/.test(path)).length;
    await said(admin, "retrain", "status");
    const before = asked();
    for (let at = 0; at < 5; at++) await said(admin, "retrain", "status");
    expect(asked()).toBe(before);
  });

  it("while Discord does not say whose bot it is, those may whom the configuration names", async () => {
    const { discord } = running;
    discord.rest.fail("GET", /applications\/@me$/, 403, 100);
    expect(await said(discord.world.developer, "retrain", "status")).toMatch(BELONGS);
    await running.close();
    const ids = "111111111111111111, 222222222222222222";
    await start({ OWNER_IDS: ids });
    running.discord.rest.fail("GET", /applications\/@me$/, 403, 100);
    const named = { ...running.discord.world.addUser("named"), id: "222222222222222222" };
    running.discord.world.users.set(named.id, named);
    expect(await said(named, "retrain", "status")).toMatch(/No training is running/);
    expect(await said(admin, "retrain", "status")).toMatch(BELONGS);
  });

  it("settings and status need Manage Server, whatever a server's admin opens in Discord's menus", async () => {
    for (const [name, subcommand] of [
      ["settings", "view"],
      ["settings", "channels"],
      ["settings", "pooling"],
      ["status", undefined],
    ] as const) {
      expect(await said(member, name, subcommand)).toMatch(MANAGERS);
      expect(await said(admin, name, subcommand)).not.toMatch(MANAGERS);
    }
  });

  it("in direct messages nobody manages a server", async () => {
    const direct = running.discord.directChannel(admin);
    for (const name of ["settings", "status"]) {
      expect(await saidIn(direct, admin, name, "view")).toMatch(/only on a server/);
    }
    expect(await saidIn(direct, member, "report")).toMatch(/only on a server/);
  });

  it("a server that the bot is not on has no settings", async () => {
    const elsewhere = { ...channel, guildId: "999999999999999999" };
    expect(await saidIn(elsewhere, admin, "settings", "view")).toMatch(/I am not on this server/);
  });

  it("a subcommand or a button that there is not is refused, and changes nothing", async () => {
    expect(await said(admin, "retrain", "constructor")).toMatch(/I don't know that/);
    expect(await said(admin, "settings", "__proto__")).toMatch(/I don't know that/);
    const settings = await running.discord.command(admin, channel, "settings", "view");
    for (const id of ["settings:nowhere", "profile:delete", "consent:maybe", "why:1"]) {
      const open = running.discord.interactions.press(admin, channel, settings, id);
      expect((await running.discord.answered(open)).content).toMatch(/I don't know that button/);
    }
  });

  it("every command says whom it is for, and answers with a form or has its answer deferred", () => {
    for (const { definition, needs } of COMMANDS) {
      const { options = [] } = definition as { options?: { type: number; name: string }[] };
      const subcommands = options.filter(({ type }) => type === 1).map(({ name }) => name);
      if (typeof needs === "object") expect(Object.keys(needs).sort()).toEqual(subcommands.sort());
      else expect(subcommands).toEqual([]);
    }
  });

  it("commands that read much are acknowledged before the store is asked", async () => {
    const { memberData, store } = running.test.services;
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let asked = 0;
    const hold =
      <Given extends unknown[], Found>(ask: (...given: Given) => Promise<Found>) =>
      async (...given: Given) => {
        asked += 1;
        await held;
        return ask(...given);
      };
    memberData.placesOf = hold(memberData.placesOf.bind(memberData));
    store.profiles.count = hold(store.profiles.count.bind(store.profiles));
    const calls = [
      running.discord.interactions.command(member, channel, "profile", "delete"),
      running.discord.interactions.command(member, channel, "profile", "export"),
      running.discord.interactions.command(admin, channel, "status"),
    ];
    for (const call of calls) {
      await waitFor(() => call.answer?.thinking || undefined, "the acknowledgement");
      expect(call.answer!.ephemeral).toBe(true);
    }
    await waitFor(() => asked >= calls.length || undefined, "what each asks of the store");
    expect(calls.map(({ answer }) => answer!.thinking)).toEqual(calls.map(() => true));
    letGo();
    for (const call of calls) await running.discord.answered(call);
  });

  async function start(environment: NodeJS.ProcessEnv = {}) {
    ({ running, channel, admin, member } = await startScene({ environment, clock: () => now }));
  }

  const said = (user: User, name: string, subcommand?: string) =>
    saidIn(channel, user, name, subcommand);

  async function saidIn(where: Channel, user: User, name: string, subcommand?: string) {
    return (await running.discord.command(user, where, name, subcommand)).content;
  }
});
