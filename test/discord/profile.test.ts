import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DIRECT_MESSAGES_GUILD } from "../../src/store/ids.js";
import { Repository } from "../../src/store/repository.js";
import { startScene } from "../fixtures.js";
import { filesWith } from "../support/bytes-of-files.js";
import type { InteractionAnswer } from "../support/loopback-discord/interaction-answers.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const STRING = 3;
const PNG = [0x89, 0x50, 0x4e, 0x47];

describe("/profile", () => {
  let running: RunningBot;
  let discord: LoopbackDiscord;
  let channel: Channel;
  let member: User;
  let members = 0;
  beforeAll(async () => {
    ({ running, discord, channel } = await startScene());
  });
  afterAll(() => running.close());
  beforeEach(async () => {
    member = discord.world.addUser(`member${++members}`);
    await running.consent(channel, member);
  });

  it("calibrates with ten taps on one message that ends as a picture", async () => {
    const message = await call("calibrate");
    expect(message.ephemeral).toBe(true);
    for (let question = 1; question <= 10; question++) {
      expect(message.content).toContain(`Question ${question} of 10`);
      expect(message.embeds).toHaveLength(2);
      await tap(message, ["A", "B", "Equal", "Neither", "Skip"][question % 5]!);
    }
    expect(message.content).toMatch(/Done, thank you for 8 answers/);
    expect(message.embeds).toEqual([]);
    expectPicture(message);
    expect(await votes()).toBe(8);
    expect(running.openai.requests).toHaveLength(0);
  });

  it("goes on with a calibration after a restart, and stops at any time", async () => {
    const message = await call("calibrate");
    await tap(message, "A");
    await tap(message, "B");
    const third = message.embeds;
    await running.restart();
    const again = await call("calibrate");
    expect(again.content).toContain("Question 3 of 10");
    expect(again.embeds).toEqual(third);
    await tap(message, "A");
    expect(message.content).toContain("Question 4 of 10");
    // The older copy of the third question has passed: it changes nothing.
    discord.press(member, channel, again, "B");
    await tap(message, "Stop here");
    expect(message.content).toMatch(/thank you for 3 answers/);
    expect(await votes()).toBe(3);
  });

  it("asks for consent before it calibrates", async () => {
    member = discord.world.addUser("stranger");
    const message = await call("calibrate");
    expect(message.content).toMatch(/May I learn which answers you like/);
    const yes = discord.press(member, channel, message, "Yes, learn what I like");
    const offer = await waitFor(() => yes.followUps[0], "the offer");
    discord.press(member, channel, offer, "Ten quick questions now");
    await waitFor(() => offer.content.includes("Question 1 of 10") || undefined, "a question");
  });

  it("shows a picture with words and alternative text, only to the member", async () => {
    const empty = await call("view");
    expect(empty.content).toMatch(/haven't voted so far/);
    const message = await call("calibrate");
    for (let question = 1; question <= 6; question++) {
      const [a, b] = message.embeds.map(({ description }) => description!.length);
      await tap(message, a! < b! ? "A" : "B");
    }
    const shown = await call("view");
    expect(shown.ephemeral).toBe(true);
    expectPicture(shown);
    expect(shown.content).toMatch(/after 6 votes/i);
    expect(shown.content).toMatch(/votes that mattered most/);
    expect(shown.content).toMatch(/Next I would ask/);
    expect(shown.attachments[0]!.description).toMatch(/short to long: -?\d/);
  });

  it("takes the last vote back, from the deck or from a ballot", async () => {
    const message = await call("calibrate");
    await tap(message, "A");
    const ballot = await ask();
    discord.react(member, ballot, "🅱️");
    await waitFor(() => !isBallot(ballot) || undefined, "the vote");
    expect((await call("undo")).content).toMatch(/vote in chat/);
    await waitFor(() => isBallot(ballot) || undefined, "the question again");
    expect(await votes()).toBe(1);
    expect((await call("undo")).content).toMatch(/question of the deck/);
    expect((await call("undo")).content).toMatch(/nothing to take back/);
    expect(await votes()).toBe(0);
  });

  it("moves an axis by hand, visibly, and takes the wish back", async () => {
    const key = { guildId: channel.guildId!, memberId: member.id };
    const { profiles } = running.test.services;
    const before = (await profiles.view(key)).leanings.map(({ weight }) => weight);
    const message = await call("adjust");
    expectPicture(message);
    const [menu] = message.components[0]!.components;
    expect(menu!.options).toHaveLength(14);
    const wish = menu!.options!.find(({ label }) => label === "more short")!;
    const shown = message.history.length;
    discord.interactions.select(member, channel, message, menu!.custom_id, [wish.value]);
    await waitFor(() => message.history.length > shown || undefined, "the wish");
    expect(message.content).toMatch(/more \*\*short\*\*/);
    const view = await profiles.view(key);
    expect(view).toMatchObject({ votes: 0, nudges: 1 });
    view.leanings.forEach(({ weight }, axis) => {
      if (axis === 0) expect(weight).toBeLessThan(before[axis]! - 0.5);
      else expect(Math.abs(weight - before[axis]!)).toBeLessThan(0.1);
    });
    await tap(message, "Take it back");
    expect((await profiles.view(key)).leanings.map(({ weight }) => weight)).toEqual(before);
  });

  it("pauses: plain answers, no questions, nothing deleted, until the start", async () => {
    const ballot = await ask();
    // Whoever pauses while a ballot is being posted gets none.
    await stored(ballot);
    expect((await call("pause")).content).toMatch(/Paused/);
    discord.react(member, ballot, "🅰️");
    expect(isBallot(await ask())).toBe(false);
    expect(await votes()).toBe(0);
    expect((await call("start")).content).toMatch(/use your profile again/);
    discord.unreact(member, ballot, "🅰️");
    discord.react(member, ballot, "🅱️");
    await waitFor(async () => (await votes()) === 1 || undefined, "the vote");
  });

  it("says why an answer was chosen, and shows the runner-up, only to its member", async () => {
    const adjusting = await call("adjust");
    for (let wish = 0; wish < 4; wish++) {
      const [menu] = adjusting.components[0]!.components;
      const option = menu!.options!.find(({ label }) => label === "more long")!;
      const shown = adjusting.history.length;
      discord.interactions.select(member, channel, adjusting, menu!.custom_id, [option.value]);
      await waitFor(() => adjusting.history.length > shown || undefined, "the wish");
    }
    const first = await ask();
    const answer = isBallot(first) ? await ask() : first;
    expect(isBallot(answer)).toBe(false);
    const { replyNotes } = running.test.services;
    // It is stored once the answer is sent.
    await waitFor(() => replyNotes.why(answer.id, member.id), "the note");
    const why = await discord.contextMenu(member, channel, "Why this answer?", answer);
    expect(why.ephemeral).toBe(true);
    expect(why.content).toMatch(/Why I chose it|close call/);
    const pressed = discord.press(member, channel, why, "Show the runner-up");
    const runnerUp = await discord.answered(pressed);
    expect(runnerUp.ephemeral).toBe(true);
    expect(runnerUp.content).not.toBe(answer.content);
    expect(runnerUp.content.length).toBeGreaterThan(20);
    const other = discord.world.addUser("other");
    const refused = await discord.contextMenu(other, channel, "Why this answer?", answer);
    expect(refused.content).toMatch(/did not choose/);
  });

  it("exports everything as one JSON file", async () => {
    const message = await call("calibrate");
    await tap(message, "A");
    const ballot = await ask();
    await stored(ballot);
    const exported = await call("export");
    expect(exported.ephemeral).toBe(true);
    const document = documentOf(exported);
    expect(document).toMatchObject({ format: "attune-export-1", memberId: member.id });
    expect(document.places).toHaveLength(1);
    expect(document.places[0]).toMatchObject({
      guildId: channel.guildId,
      consent: { state: "granted", pooled: true },
      votes: [{ source: "deck", outcome: 1 }],
      ballots: [{ messageId: ballot.id, answers: ballot.embeds.map((one) => one.description) }],
    });
    expect(document.places[0].profile.axes).toHaveLength(7);
  });

  it("deletes everything at once, by direct message too, for somebody who has left the server", async () => {
    const other = discord.world.addUser("other");
    await running.consent(channel, other);
    await voteAs(other);
    const message = await call("calibrate");
    await tap(message, "A");
    const ballot = await ask();
    const direct = discord.directChannel(member);
    const question = await discord.command(member, direct, "profile", "delete");
    expect(question.content).toMatch(/one place/);
    await press(direct, question, "Delete everything");
    expect(question.content).toMatch(/1 vote and everything else/);
    expect(await everythingWith(member.id)).toEqual([]);
    await running.test.services.store.deletion.bytesGone();
    expect(filesWith(running.test.config.storeUrl, member.id)).toEqual([]);
    expect(await everythingWith(other.id)).not.toEqual([]);
    const late = discord.press(member, channel, ballot, "A");
    expect((await discord.answered(late)).content).toMatch(/closed/);
    expect(await everythingWith(member.id)).toEqual([]);
  });

  it("deletes only here if that is chosen", async () => {
    const direct = discord.directChannel(member);
    await running.consent(direct, member);
    const message = await call("calibrate");
    await tap(message, "A");
    const where = ["where", STRING, "here"] as const;
    const question = await discord.command(member, channel, "profile", "delete", [where]);
    await press(channel, question, "Delete everything");
    const places = await running.test.services.memberData.placesOf(member.id);
    expect(places).toEqual([DIRECT_MESSAGES_GUILD]);
  });

  async function call(subcommand: string): Promise<InteractionAnswer> {
    return discord.command(member, channel, "profile", subcommand);
  }

  function tap(message: InteractionAnswer, label: string): Promise<void> {
    return press(channel, message, label);
  }

  async function press(where: Channel, message: InteractionAnswer, label: string): Promise<void> {
    const shown = message.history.length;
    discord.press(member, where, message, label);
    await waitFor(() => message.history.length > shown || undefined, `the effect of ${label}`);
  }

  async function ask(): Promise<StoredMessage> {
    const message = discord.say(member, channel, "How do I cook rice?", { mentionBot: true });
    return (await discord.answersTo(message))[0]!;
  }

  /** Discord shows a ballot before the store has it. */
  async function stored({ id }: StoredMessage): Promise<void> {
    await waitFor(() => running.test.services.ballots.get(id), "the ballot");
  }

  async function voteAs(user: User): Promise<void> {
    const message = discord.say(user, channel, "How do I sleep?", { mentionBot: true });
    const [ballot] = await discord.answersTo(message);
    discord.react(user, ballot!, "🅰️");
    await waitFor(() => !isBallot(ballot!) || undefined, "the vote");
  }

  async function votes(): Promise<number> {
    const key = { guildId: channel.guildId!, memberId: member.id };
    return (await running.test.services.profiles.view(key)).votes;
  }

  /** The keys of all records that name a member, in any namespace. */
  async function everythingWith(memberId: string): Promise<string[]> {
    const found: string[] = [];
    for (const repository of Object.values(running.test.services.store)) {
      if (!(repository instanceof Repository)) continue;
      for await (const [key, value] of repository.entries()) {
        if (`${key} ${JSON.stringify(value)}`.includes(memberId)) found.push(key);
      }
    }
    return found;
  }

  function documentOf({ attachments }: InteractionAnswer) {
    return JSON.parse(Buffer.from(attachments[0]!.bytes).toString("utf8"));
  }

  function expectPicture({ attachments }: InteractionAnswer): void {
    expect(attachments.map(({ name }) => name)).toEqual(["profile.png"]);
    expect([...attachments[0]!.bytes.slice(0, 4)]).toEqual(PNG);
    expect(attachments[0]!.description).toMatch(/one bar for each axis/);
  }
});
