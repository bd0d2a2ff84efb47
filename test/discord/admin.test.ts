import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isStarterVersion, STARTER_VERSION } from "../../models/rewards/starter.js";
import { startScene } from "../fixtures.js";
import type { InteractionAnswer } from "../support/loopback-discord/interaction-answers.js";
import type { CommandOption } from "../support/loopback-discord/interaction-data.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const INTEGER = 4;
const BOOLEAN = 5;
const CHANNEL = 7;
const STRING = 3;

describe("for the admin", () => {
  let running: RunningBot;
  let discord: LoopbackDiscord;
  let channel: Channel;
  let reports: Channel;
  let admin: User;
  let member: User;
  beforeAll(async () => {
    const scene = await startScene({
      environment: { OPENAI_INPUT_PRICE: "1000", OPENAI_OUTPUT_PRICE: "2000" },
      consented: true,
    });
    ({ running, discord, channel, admin, member } = scene);
    reports = discord.createChannel(scene.guild.id, "reports");
  });
  afterAll(() => running.close());

  const settings = (subcommand: string, ...options: CommandOption[]) =>
    discord.command(admin, channel, "settings", subcommand, options);

  it("keeps /settings, /status and /retrain to those who may manage the server", () => {
    for (const name of ["settings", "status", "retrain"]) {
      const command = discord.world.commands.find((one) => one.name === name);
      expect(command?.default_member_permissions).toBe(String(1 << 5));
    }
  });

  it("/settings shows and changes each setting", async () => {
    expect((await settings("view")).content).toMatch(/Channels.*everywhere/);
    expect((await settings("questions", ["per-day", INTEGER, 3])).content).toMatch(
      /Questions.*: 3/,
    );
    expect((await settings("pooling", ["allowed", BOOLEAN, false])).content).toMatch(
      /Pooled training.*not allowed/,
    );
    expect((await settings("pooling", ["allowed", BOOLEAN, true])).content).toMatch(/: allowed/);
    expect((await settings("language", ["language", STRING, "en"])).content).toMatch(/: English/);
    const all = await settings("view");
    expect(all.ephemeral).toBe(true);
    expect(all.content).toMatch(/Questions.*: 3/);
  });

  it("/settings channels: a menu says where the bot may speak, and it speaks only there", async () => {
    const menu = await settings("channels");
    discord.interactions.select(admin, channel, menu, "settings:channels", [reports]);
    await waitFor(() => menu.content.includes(reports.id) || undefined, "the choice");
    const unheard = discord.say(member, channel, "How do I sleep?", { mentionBot: true });
    const heard = discord.say(member, reports, "How do I sleep?", { mentionBot: true });
    await discord.answersTo(heard);
    expect(discord.sentTo(channel).filter(({ repliesTo }) => repliesTo === unheard.id)).toEqual([]);
    const again = await settings("channels");
    // A member who gets hold of the buttons changes nothing.
    discord.press(member, channel, again, "Everywhere");
    discord.press(admin, channel, again, "Everywhere");
    await waitFor(() => /Channels.*everywhere/.test(again.content) || undefined, "everywhere");
    await discord.answersTo(discord.say(member, channel, "And now?", { mentionBot: true }));
  });

  it("/report says that no channel is set up, and then brings a problem there, pinging nobody", async () => {
    const none = await discord.command(member, channel, "report");
    expect(none.content).toMatch(/No channel for reports/);
    await settings("report", ["channel", CHANNEL, reports]);
    const [answer] = await discord.answersTo(
      discord.say(member, channel, "How do I cook?", { mentionBot: true }),
    );
    const open = discord.interactions.contextMenu(member, channel, "Report this answer", answer!);
    const modal = await waitFor(() => open.modal, "the form");
    const sent = discord.interactions.submit(member, channel, modal, {
      problem: "It was rude to @everyone",
    });
    expect((await discord.answered(sent)).content).toMatch(/with the admins/);
    const report = discord.sentTo(reports).find(({ embeds }) => embeds[0]?.title === "A report");
    expect(report!.embeds[0]!.description).toContain("It was rude to @everyone");
    expect(report!.embeds[0]!.fields![0]!.value).toContain(answer!.id);
    expect(report!.embeds[0]!.footer!.text).toBe(`From member (${member.id})`);
    expect(report!.allowedMentions).toMatchObject({ parse: [] });
  });

  it("/privacy names what is stored, for how long, and the service that gets the messages", async () => {
    const { content, ephemeral } = await discord.command(member, channel, "privacy");
    expect(ephemeral).toBe(true);
    expect(content).toMatch(/`loopback` at `127\.0\.0\.1:\d+`/);
    expect(content).toMatch(/30 days/);
    expect(content).toMatch(/\/profile delete/);
  });

  it("/status counts members and votes, and shows the cost only to the owner", async () => {
    const [ballot] = await discord.answersTo(
      discord.say(member, channel, "How do I swim?", { mentionBot: true }),
    );
    if (isBallot(ballot!)) {
      discord.press(member, channel, ballot!, "A");
      await waitFor(() => !isBallot(ballot!) || undefined, "the vote");
    }
    const { requests: asked } = running.openai;
    // The cost counts when it is written.
    const { inputTokens, outputTokens } = await waitFor(async () => {
      const total = await running.test.services.usage.total();
      return total.requests === asked.length ? total : undefined;
    }, "the tokens of all requests");
    const shown = await discord.command(admin, channel, "status");
    expect(shown.content).toMatch(/Members with a profile here\*\*: \d/);
    expect(shown.content).not.toMatch(/\$|Cost|requests/);
    discord.world.managers.add(discord.world.developer.id);
    const { content } = await discord.command(discord.world.developer, channel, "status");
    expect(content).toMatch(/Members with a profile here\*\*: \d/);
    expect(content).toMatch(/version starter/);
    expect(content).toMatch(/Queue\*\*: 0 calls/);
    // 100 tokens in for each request and 50 out for each answer, at 1,000 and 2,000 dollars a million.
    expect(inputTokens).toBe(100 * asked.length);
    const answers = asked.reduce((sum, { n = 1 }) => sum + n, 0);
    expect(outputTokens).toBe(50 * answers);
    const cost = (inputTokens + 2 * outputTokens) / 1_000;
    expect(content).toContain(`$${cost.toFixed(2)}`);
  });

  it("/retrain status and restore: versions can be looked at and go back", async () => {
    const { models } = running.test.services;
    const held = { logLikelihood: -0.6, accuracy: 0.71, comparisons: 40, members: 6 };
    const learned = { ...models.current, version: "01LEARNED" };
    await models.adopt(learned, {
      parent: models.current.version,
      heldOut: {
        before: held,
        after: { ...held, accuracy: 0.78 },
        gain: { mean: 0.1, low: 0.05, high: 0.15 },
      },
      training: { members: 6, comparisons: 200, seconds: 1, backend: "Training with plain code" },
      at: Date.now(),
    });
    const { store } = running.test.services;
    const record = (await store.models.get("01LEARNED"))!;
    await store.models.set("01ELSEWHERE", {
      ...record,
      version: "01ELSEWHERE",
      scope: "playground",
    });
    const owner = discord.world.developer;
    discord.world.managers.add(owner.id);
    const status = await discord.command(owner, channel, "retrain", "status");
    expect(status.content).toMatch(/No training is running/);
    expect(status.content).toMatch(/Version 01LEARNED answers/);
    const rounded = await discord.command(admin, channel, "status");
    expect(rounded.content).toMatch(/held out from too few people for a figure/);
    expect(rounded.attachments).toEqual([]);
    const shown = await discord.command(owner, channel, "status");
    expect(shown.content).toMatch(/78 % of 40 held-out votes/);
    expect(shown.attachments[0]).toMatchObject({ name: "versions.png" });
    expect(shown.attachments[0]!.description).toMatch(/78 %/);

    const menu = await discord.command(owner, channel, "retrain", "restore");
    const labels = menuOf(menu).options!.map(({ label }) => label);
    expect(labels).toEqual([expect.stringMatching(/78\.0 %.*01LEARNED/), expect.any(String)]);
    const choose = (user: User, version: string) =>
      discord.interactions.select(user, channel, menu, menuOf(menu).custom_id, [version]);
    const refused = choose(admin, STARTER_VERSION);
    const [told] = await waitFor(
      () => (refused.followUps.length > 0 ? refused.followUps : undefined),
      "the refusal",
    );
    expect(told!.content).toMatch(/belongs to those who run me/);
    expect(models.current.version).toBe("01LEARNED");
    choose(owner, STARTER_VERSION);
    await waitFor(() => /Version starter answers/.test(menu.content) || undefined, "the restore");
    expect(isStarterVersion(models.current.version)).toBe(true);
  });

  function menuOf({ components }: InteractionAnswer) {
    return components[0]!.components[0]!;
  }
});
