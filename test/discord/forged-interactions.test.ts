import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startScene } from "../fixtures.js";
import type { Channel, Guild, StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const CHANNEL = 7;
const INTEGER = 4;
const STRING = 3;
const MINUTE_MS = 60_000;

describe("what comes with an interaction is checked", () => {
  let running: RunningBot;
  let guild: Guild;
  let channel: Channel;
  let admin: User;
  let member: User;
  let now = Date.UTC(2026, 0, 31, 12);
  beforeEach(async () => {
    const scene = await startScene({ clock: () => now, consented: true });
    ({ running, guild, channel, admin, member } = scene);
  });
  afterEach(() => running.close());

  it("/settings takes only channels of its own server", async () => {
    const { discord } = running;
    const foreign = discord.createGuild("elsewhere").channel;
    const unknown = { ...foreign, id: "123456789012345678" };
    for (const one of [foreign, unknown]) {
      const answer = await settings("report", ["channel", CHANNEL, one]);
      expect(answer.content).toMatch(/choose channels of this server/);
      const menu = await settings("channels");
      discord.interactions.select(admin, channel, menu, "settings:channels", [channel, one]);
      await waitFor(() => /of this server/.test(menu.content) || undefined, "the refusal");
    }
    expect(await running.test.services.guildSettings.get(guild.id)).toEqual({});
  });

  it("/settings takes no number and no language that Discord would not have offered", async () => {
    expect((await settings("questions", ["per-day", INTEGER, -1])).content).toMatch(/0 to 50/);
    expect((await settings("questions", ["per-day", INTEGER, 1e9])).content).toMatch(/0 to 50/);
    expect((await settings("language", ["language", STRING, "xx"])).content).toMatch(/language/);
    expect(await running.test.services.guildSettings.get(guild.id)).toEqual({});
  });

  it("a channel of another server that was set once gets no report", async () => {
    const foreign = running.discord.createGuild("elsewhere").channel;
    await running.test.services.guildSettings.change(guild.id, { reportChannelId: foreign.id });
    expect((await report("Spam for others.")).content).toMatch(/could not write/);
    expect(running.discord.sentTo(foreign)).toEqual([]);
  });

  it("a button with a choice that there is not leaves the ballot as it is", async () => {
    const ballot = await ask();
    const before = await running.test.services.store.ballots.get(ballot.id);
    for (const id of ["ballot:c", "ballot:", "ballot:a:b", `ballot:back:${ballot.id}:c`]) {
      expect(await pressed(member, ballot, id)).toMatch(/don't know that button/);
    }
    expect(await running.test.services.store.ballots.get(ballot.id)).toMatchObject({
      choices: before!.choices,
    });
    expect(await pressed(member, ballot, "ballot:a")).toMatch(/your vote is stored: \*\*A\*\*/);
  });

  it("a calibration counts no choice that there is not as a skip", async () => {
    const question = await running.discord.command(member, channel, "profile", "calibrate");
    expect(await pressed(member, question, "calibrate:1:c")).toMatch(/don't know that button/);
    expect(question.content).toMatch(/Question 1 of/);
  });

  it("a ballot takes votes only where it was posted, not on another server", async () => {
    const ballot = await ask();
    const elsewhere = running.discord.createGuild("elsewhere").channel;
    const open = running.discord.interactions.press(member, elsewhere, ballot, "ballot:a");
    expect((await running.discord.answered(open)).content).toMatch(/in another place/);
    expect(await votes()).toBe(0);
  });

  it("a second tap is answered with the truth, whoever taps", async () => {
    const ballot = await ask();
    const taps = ["ballot:b", "ballot:b"].map((id) =>
      running.discord.interactions.press(member, channel, ballot, id),
    );
    const said = [];
    for (const tap of taps) said.push((await running.discord.answered(tap)).content);
    expect(said.sort()).toEqual([
      "Thank you, your vote is stored: **B**.",
      "That is already your vote: **B**.",
    ]);
    expect(await votes()).toBe(1);
    expect(await pressed(admin, ballot, "ballot:a")).toBe("This question is for somebody else.");
    await running.test.services.votes.close(ballot.id);
    expect(await pressed(member, ballot, "ballot:a")).toMatch(/This question is closed/);
  });

  it("whoever has withdrawn their consent is told so, and nothing is stored", async () => {
    const ballot = await ask();
    await running.discord.command(member, channel, "profile", "pause");
    expect(await pressed(member, ballot, "ballot:a")).toMatch(/`\/profile start` changes that/);
    expect(await votes()).toBe(0);
  });

  it("“Take it back” of a choice that was changed since takes nothing back", async () => {
    const ballot = await ask();
    const first = running.discord.interactions.press(member, channel, ballot, "ballot:a");
    const answer = await running.discord.answered(first);
    await pressed(member, ballot, "ballot:b");
    running.discord.press(member, channel, answer, "Take it back");
    await waitFor(() => /not your vote any more/.test(answer.content) || undefined, "the reason");
    expect(await votes()).toBe(1);
  });

  it("“Take it back” of a wish takes back that wish, also after a later vote or wish", async () => {
    const adjust = await running.discord.command(member, channel, "profile", "adjust");
    const [menu] = adjust.components[0]!.components;
    const { interactions } = running.discord;
    interactions.select(member, channel, adjust, "profile:nudge", [menu!.options![0]!.value]);
    await waitFor(() => /Noted/.test(adjust.content) || undefined, "the wish");
    const ballot = await ask();
    await pressed(member, ballot, "ballot:a");
    expect(await sources()).toEqual(["chat", "nudge"]);
    const buttons = adjust.components.flatMap(({ components }) => components);
    const back = buttons.find(({ label }) => label === "Take it back")!.custom_id;
    interactions.press(member, channel, adjust, back);
    await waitFor(() => /Taken back/.test(adjust.content) || undefined, "it is taken back");
    expect(await sources()).toEqual(["chat"]);
    interactions.press(member, channel, adjust, back);
    await waitFor(() => /does not count any more/.test(adjust.content) || undefined, "the reason");
    expect(await sources()).toEqual(["chat"]);
  });

  it("“Answer without my profile” keeps to the channels that the settings open", async () => {
    const { discord } = running;
    const question = discord.say(member, channel, "How do I sleep?", { mentionBot: true });
    await discord.answersTo(question);
    const open = discord.createChannel(guild.id, "open");
    await running.test.services.guildSettings.change(guild.id, { channelIds: [open.id] });
    const name = "Answer without my profile";
    const asked = running.openai.requests.length;
    expect((await discord.contextMenu(member, channel, name, question)).content).toMatch(
      /not opened this channel/,
    );
    expect(running.openai.requests).toHaveLength(asked);
    const thread = discord.createThread(open, "a thread");
    const there = discord.say(member, thread, "How do I sleep?", { mentionBot: true });
    await discord.answersTo(there);
    expect((await discord.contextMenu(member, thread, name, there)).content).not.toMatch(/opened/);
  });

  it("/report shows words as they were written, its sender below them, and once in a while", async () => {
    const { discord } = running;
    const reports = discord.createChannel(guild.id, "reports");
    await settings("report", ["channel", CHANNEL, reports]);
    const words = "```\n[a friend](https://evil.example) says: From <@1>\n```` **bold**";
    expect((await report(words)).content).toMatch(/with the admins/);
    const [sent] = discord.sentTo(reports);
    const { description = "", footer } = sent!.embeds[0]!;
    expect(description).toContain("[a friend](https://evil.example)");
    // One block of code, which the words can't end.
    expect(description.match(/```/g)).toHaveLength(2);
    expect(description.startsWith("```\n") && description.endsWith("\n```")).toBe(true);
    expect(footer!.text).toContain(member.id);
    for (let at = 0; at < 10; at++) {
      expect((await report("Again!")).content).toMatch(/please try again <t:\d+:R>/);
    }
    expect(discord.sentTo(reports)).toHaveLength(1);
    now += 5 * MINUTE_MS;
    expect((await report("Later.")).content).toMatch(/with the admins/);
    for (let at = 0; at < 8; at++) await report("Of many.", discord.world.addUser(`one-${at}`));
    expect(discord.sentTo(reports).length).toBeLessThanOrEqual(6);
  });

  it("/report says nothing about messages of other servers", async () => {
    const { discord } = running;
    const reports = discord.createChannel(guild.id, "reports");
    await settings("report", ["channel", CHANNEL, reports]);
    const foreign = discord.createGuild("elsewhere").channel;
    await report("Look!", member, `report:${foreign.id}:123456789012345678`);
    expect(discord.sentTo(reports)[0]!.embeds[0]!.fields ?? []).toEqual([]);
  });

  const settings = (
    subcommand: string,
    ...options: Parameters<typeof running.discord.command>[4] & object
  ) => running.discord.command(admin, channel, "settings", subcommand, options);

  function report(problem: string, user = member, customId = "report") {
    const field = { type: 4, custom_id: "problem" };
    const modal = {
      custom_id: customId,
      title: "Report a problem",
      components: [{ type: 18, component: field }],
    };
    return running.discord.answered(
      running.discord.interactions.submit(user, channel, modal, { problem }),
    );
  }

  async function pressed(
    user: User,
    from: Parameters<typeof running.discord.interactions.press>[2],
    id: string,
  ) {
    const open = running.discord.interactions.press(user, channel, from, id);
    return (await running.discord.answered(open)).content;
  }

  async function ask(): Promise<StoredMessage> {
    const message = running.discord.say(member, channel, "How do I sleep better?", {
      mentionBot: true,
    });
    const [ballot] = await running.discord.answersTo(message);
    expect(isBallot(ballot!)).toBe(true);
    await waitFor(
      async () => (await running.test.services.ballots.get(ballot!.id)) ?? undefined,
      "the ballot",
    );
    return ballot!;
  }

  async function votes() {
    const key = { guildId: guild.id, memberId: member.id };
    return (await running.test.services.profiles.view(key)).votes;
  }

  async function sources() {
    const key = { guildId: guild.id, memberId: member.id };
    const records = await running.test.services.profiles.comparisonsOf(key);
    return records.map(({ source }) => source).sort();
  }
});
