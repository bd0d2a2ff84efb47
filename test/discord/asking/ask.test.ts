import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DIRECT_MESSAGES_GUILD } from "../../../src/store/ids.js";
import { type Scene, startScene } from "../../fixtures.js";
import { ask, goOn, isChoice, labelsOf, showsAnswer } from "../../support/asked.js";
import type { Channel, User } from "../../support/loopback-discord/world.js";
import { waitFor } from "../../support/wait-for.js";

const MINUTE_MS = 60_000;

describe("/ask, where a member takes the bot along", () => {
  let scene: Scene;
  let member: User;
  let friend: User;
  let foreign: Channel;
  beforeEach(async () => {
    scene = await startScene();
    ({ member, other: friend } = scene);
    foreign = scene.discord.world.addForeignChannel("somewhere else");
    scene.discord.world.installed.add(member.id);
  });
  afterEach(() => scene.running.close());

  it("is answered on a server that the bot is not on, and asks for consent in private, once", async () => {
    const { discord } = scene;
    const first = await ask(discord, member, foreign);
    expect(first.answer!.ephemeral).toBe(false);
    expect(first.answer!.content).not.toBe("");
    expect(labelsOf(first.answer!)).toEqual(["Go on"]);
    const question = await waitFor(() => first.followUps[0], "the question of consent");
    expect(question.ephemeral).toBe(true);
    expect(question.content).toMatch(/May I learn which answers you like\?/);
    expect(question.content).toMatch(/every place where you take me along/);
    discord.press(member, foreign, question, "Yes, learn what I like");
    await showsAnswer(question, /Thank you/);
    expect(await granted(DIRECT_MESSAGES_GUILD)).toBe(true);
    const second = await ask(discord, member, foreign);
    expect(isChoice(second.answer!)).toBe(true);
    expect(discord.requests.filter(({ path }) => path.includes(foreign.id))).toEqual([]);
  });

  it("puts two answers to choose from, and the message becomes the chosen one", async () => {
    const { discord, running } = scene;
    await consentPersonally();
    const { answer } = await ask(discord, member, foreign);
    expect(labelsOf(answer!)).toEqual(["A", "B", "Equal", "Neither"]);
    const [a, b] = answer!.embeds.map(({ description }) => description!);
    discord.press(member, foreign, answer!, "B");
    await showsAnswer(answer!, b!);
    expect(answer!.embeds).toEqual([]);
    expect(labelsOf(answer!)).toEqual(["Go on", "Take my vote back"]);
    expect(await outcomes()).toEqual([0]);
    discord.press(member, foreign, answer!, "Take my vote back");
    await waitFor(() => isChoice(answer!) || undefined, "the question");
    expect(await outcomes()).toEqual([]);
    discord.press(member, foreign, answer!, "A");
    await showsAnswer(answer!, a!);
    expect(await outcomes()).toEqual([1]);
    expect((await running.test.services.profiles.view(personal())).votes).toBe(1);
  });

  it("takes the same choice twice as one vote", async () => {
    const { discord } = scene;
    await consentPersonally();
    const { answer } = await ask(discord, member, foreign);
    const id = answer!.components[0]!.components[2]!.custom_id;
    const [a] = answer!.embeds.map(({ description }) => description!);
    discord.interactions.press(member, foreign, answer!, id);
    discord.interactions.press(member, foreign, answer!, id);
    await showsAnswer(answer!, a!);
    await discord.gateway.settled();
    await scene.running.bot.idle();
    expect(await outcomes()).toEqual([0.5]);
    expect(labelsOf(answer!)).toEqual(["Go on", "Take my vote back"]);
  });

  it("lets nobody else vote, take back or go on", async () => {
    const { discord } = scene;
    await consentPersonally();
    const { answer } = await ask(discord, member, foreign);
    for (const label of ["A", "Neither"]) {
      const pressed = discord.press(friend, foreign, answer!, label);
      const said = await waitFor(() => pressed.followUps[0], "what is said");
      expect(said.content).toBe("This question is for somebody else.");
      expect(said.ephemeral).toBe(true);
    }
    expect(isChoice(answer!)).toBe(true);
    discord.press(member, foreign, answer!, "A");
    await waitFor(() => !isChoice(answer!) || undefined, "the vote");
    const pressed = discord.press(friend, foreign, answer!, "Go on");
    expect((await discord.answered(pressed)).content).toMatch(/somebody else's/);
    const back = discord.press(friend, foreign, answer!, "Take my vote back");
    await waitFor(() => back.followUps[0], "what is said");
    expect(await outcomes()).toEqual([1]);
    expect(await outcomes(friend)).toEqual([]);
  });

  it("goes with one profile: direct messages, other servers and other people's direct messages", async () => {
    const { discord, guild, channel, running } = scene;
    const direct = discord.directChannel(member);
    await running.consent(direct, member);
    const places = [
      foreign,
      discord.world.addForeignChannel("a third place"),
      discord.world.addPrivateChannel(member, friend),
      discord.world.addPrivateChannel(member, friend, scene.admin),
      direct,
    ];
    for (const place of places) {
      const { answer } = await ask(discord, member, place);
      expect(isChoice(answer!)).toBe(true);
      discord.press(member, place, answer!, "A");
      await waitFor(() => !isChoice(answer!) || undefined, "the vote");
    }
    expect(await outcomes()).toHaveLength(places.length);
    // On a server of the bot's it is that server's profile, which has not been asked for.
    const { answer } = await ask(discord, member, channel);
    expect(isChoice(answer!)).toBe(false);
    const here = { guildId: guild.id, memberId: member.id };
    expect((await running.test.services.profiles.view(here)).votes).toBe(0);
  });

  it("ends a question that nobody answers while it can still be changed", async () => {
    await scene.running.close();
    scene = await startScene({ lapseMs: 300 });
    ({ member } = scene);
    scene.discord.world.installed.add(member.id);
    foreign = scene.discord.world.addForeignChannel("somewhere else");
    await consentPersonally();
    const { answer } = await ask(scene.discord, member, foreign);
    const [a] = answer!.history.length > 0 ? answer!.embeds.map((one) => one.description!) : [];
    await showsAnswer(answer!, a!);
    expect(labelsOf(answer!)).toEqual(["Go on"]);
    // And another one may be asked.
    expect(isChoice((await ask(scene.discord, member, foreign)).answer!)).toBe(true);
  });

  it("counts a vote that comes after a restart, by what the button brings", async () => {
    const { discord, running } = scene;
    await consentPersonally();
    const { answer } = await ask(discord, member, foreign);
    const [, b] = answer!.embeds.map(({ description }) => description!);
    await running.restart();
    discord.press(member, foreign, answer!, "B");
    await showsAnswer(answer!, b!);
    expect(await outcomes()).toEqual([0]);
    const pressed = discord.press(member, foreign, answer!, "Go on");
    expect((await discord.answered(pressed)).content).toMatch(/never over a restart.*`\/ask`/);
  });

  it("takes no vote on a question that is too old, and shows the first answer", async () => {
    let now = Date.now();
    await scene.running.close();
    scene = await startScene({ clock: () => now });
    ({ member } = scene);
    scene.discord.world.installed.add(member.id);
    foreign = scene.discord.world.addForeignChannel("somewhere else");
    await consentPersonally();
    const { answer } = await ask(scene.discord, member, foreign);
    const [a] = answer!.embeds.map(({ description }) => description!);
    now += 15 * MINUTE_MS;
    scene.discord.interactions.pass(15 * MINUTE_MS + 1);
    const pressed = scene.discord.press(member, foreign, answer!, "B");
    const said = await waitFor(() => pressed.followUps[0], "what is said");
    expect(said.content).toMatch(/closed/);
    await showsAnswer(answer!, a!);
    expect(await outcomes()).toEqual([]);
  });

  it("changes the next answers: each is answered in the manner that they vote for", async () => {
    await scene.running.close();
    const short = "Go to bed early.";
    const long = `${"One should, as a rule, establish a regular schedule. ".repeat(12)}Good luck!`;
    scene = await startScene({
      openai: { answer: (_question, at) => (at % 2 === 0 ? short : long) },
    });
    const { discord } = scene;
    const voters = [
      { user: scene.member, likes: short },
      { user: scene.other, likes: long },
    ];
    for (const { user, likes } of voters) {
      discord.world.installed.add(user.id);
      const direct = discord.directChannel(user);
      await scene.running.consent(direct, user);
      const place = discord.world.addForeignChannel("somewhere else");
      for (let round = 0; round < 12; round++) {
        const { answer } = await ask(discord, user, place);
        if (!isChoice(answer!)) continue;
        const isFirst = answer!.embeds[0]!.description === likes;
        discord.press(user, place, answer!, isFirst ? "A" : "B");
        await waitFor(() => !isChoice(answer!) || undefined, "the vote");
      }
    }
    const { settings } = scene.running.test.services.store;
    await settings.set(DIRECT_MESSAGES_GUILD, { questionsPerDay: 0 });
    const elsewhere = discord.world.addForeignChannel("another place");
    for (const { user, likes } of voters) {
      const { answer } = await ask(discord, user, elsewhere);
      expect(answer!.content).toBe(likes);
    }
  });

  it("goes on with what was said before, by a form", async () => {
    const { discord, running } = scene;
    const first = await ask(
      discord,
      member,
      foreign,
      "My cat is called Zorro. How old do cats get?",
    );
    const asked = running.openai.requests.length;
    const next = await goOn(discord, member, foreign, first.answer!, "And what is her name?");
    expect(next.answer!.content).not.toBe("");
    const sent = JSON.stringify(running.openai.requests.slice(asked));
    expect(sent).toContain("Zorro");
    expect(sent).toContain("And what is her name?");
    const third = await goOn(discord, member, foreign, next.answer!, "Thanks!");
    expect(third.answer!.content).not.toBe("");
    const messages = running.openai.requests.at(-1)!.messages.map(({ role }) => role);
    expect(messages).toEqual(["system", "user", "assistant", "user", "assistant", "user"]);
  });

  it("goes on after the answer that was voted for", async () => {
    const { discord, running } = scene;
    await consentPersonally();
    const { answer } = await ask(discord, member, foreign, "How do I sleep better?");
    const [, b] = answer!.embeds.map(({ description }) => description!);
    discord.press(member, foreign, answer!, "B");
    await showsAnswer(answer!, b!);
    await goOn(discord, member, foreign, answer!, "Why?");
    const turns = running.openai.requests.at(-1)!.messages.slice(1);
    expect(turns.map(({ content }) => content)).toEqual(["How do I sleep better?", b, "Why?"]);
  });

  function personal() {
    return { guildId: DIRECT_MESSAGES_GUILD, memberId: member.id };
  }

  function consentPersonally() {
    return scene.running.consent(scene.discord.directChannel(member), member);
  }

  async function granted(guildId: string): Promise<boolean> {
    return scene.running.test.services.consents.mayLearn({ guildId, memberId: member.id });
  }

  async function outcomes({ id }: User = member): Promise<number[]> {
    const found: number[] = [];
    const { comparisons } = scene.running.test.services.store;
    for await (const [key, { outcome }] of comparisons.entries(`${DIRECT_MESSAGES_GUILD}:${id}:`)) {
      if (key !== "") found.push(outcome);
    }
    return found;
  }
});
