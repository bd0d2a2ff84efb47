import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startScene } from "../fixtures.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

describe("a new member", () => {
  let running: RunningBot;
  let discord: LoopbackDiscord;
  let channel: Channel;
  let member: User;
  beforeEach(async () => {
    ({ running, discord, channel, member } = await startScene());
  });
  afterEach(() => running.close());

  it("gets an answer, is asked once whether the bot may learn, and nothing is stored before", async () => {
    const question = await consentQuestion();
    expect(question.content).toMatch(/May I learn which answers you like/);
    expect(labels(question)).toEqual(["Yes, learn what I like", "No, thanks"]);
    const [answer, ...others] = await discord.answersTo(await say("And rice?"));
    expect(others).toEqual([]);
    expect(isBallot(answer!)).toBe(false);
    const { comparisons, profiles, ballots } = running.test.services.store;
    for (const repository of [comparisons, profiles, ballots]) {
      expect((await repository.entries().next()).done).toBe(true);
    }
  });

  it("who says no has a plain chat bot that never asks again, until they start it", async () => {
    const question = await consentQuestion();
    discord.press(member, channel, question, "No, thanks");
    await waitFor(() => /won't learn your taste/.test(question.content) || undefined, "the no");
    for (const text of ["One?", "Two?", "Three?"]) {
      const message = await say(text);
      const answers = await discord.answersTo(message);
      expect(answers).toHaveLength(1);
      expect(isBallot(answers[0]!)).toBe(false);
    }
    expect(running.openai.requests.at(-1)!.n ?? 1).toBe(1);
    await running.consent(channel, member);
    expect(isBallot((await discord.answersTo(await say("Four?")))[0]!)).toBe(true);
  });

  it("who says yes is asked privately about pooling, and then gets ballots", async () => {
    const question = await consentQuestion();
    const yes = discord.press(member, channel, question, "Yes, learn what I like");
    const pooled = await waitFor(() => yes.followUps[0], "the second question");
    expect(question.components).toEqual([]);
    expect(pooled.ephemeral).toBe(true);
    expect(pooled.content).toMatch(/the answer is no unless you say yes/);
    const key = { guildId: channel.guildId!, memberId: member.id };
    const { consents } = running.test.services;
    expect(await consents.mayPool(key)).toBe(false);
    discord.press(member, channel, pooled, "Yes, pool my votes");
    await waitFor(async () => (await consents.mayPool(key)) || undefined, "the second yes");
    expect(isBallot((await discord.answersTo(await say("And rice?")))[0]!)).toBe(true);
  });

  it("pools nothing by a button from before everything was deleted", async () => {
    const question = await consentQuestion();
    const yes = discord.press(member, channel, question, "Yes, learn what I like");
    const pooled = await waitFor(() => yes.followUps[0], "the second question");
    const { consents, memberData } = running.test.services;
    const key = { guildId: channel.guildId!, memberId: member.id };
    const tapOldButton = async (times: number) => {
      // Deleted messages keep their buttons if somebody still has them open.
      const shown = pooled.history.length;
      pooled.components = buttons;
      discord.press(member, channel, pooled, "Yes, pool my votes");
      await waitFor(() => pooled.history.length > shown || undefined, `the answer ${times}`);
      expect(pooled.content).toMatch(/out of date/);
    };
    const buttons = pooled.components;
    await memberData.delete(member.id, "everywhere");
    await tapOldButton(1);
    expect(await consents.get(key)).toBeUndefined();
    await consents.grant(key);
    expect(await consents.mayPool(key)).toBe(false);
    await tapOldButton(2);
    expect(await consents.mayPool(key)).toBe(false);
  });

  it("is not answered for by somebody else", async () => {
    const question = await consentQuestion();
    const other = discord.world.addUser("other");
    const pressed = discord.press(other, channel, question, "Yes, learn what I like");
    const answer = await discord.answered(pressed);
    expect(answer.ephemeral).toBe(true);
    expect(answer.content).toMatch(/somebody else/);
    expect(question.components).toHaveLength(1);
  });

  it("is not asked in an answer to an emotional message", async () => {
    const message = await say("my grandmother died yesterday");
    await discord.answersTo(message);
    const [, consent] = await discord.answersTo(await say("How do I sleep better?"), 2);
    expect(consent!.content).toMatch(/May I learn/);
    expect(
      discord.sentTo(channel).filter(({ repliesTo }) => repliesTo === message.id),
    ).toHaveLength(1);
  });

  it("can ask for a plain answer with !plain, or from the message's menu", async () => {
    await running.consent(channel, member);
    const message = await say("!plain How do I sleep better?");
    const [answer] = await discord.answersTo(message);
    expect(isBallot(answer!)).toBe(false);
    expect(running.openai.requests.at(-1)!.messages.at(-1)!.content).toBe("How do I sleep better?");

    const asked = await say("How do I cook rice?");
    const [ballot] = await discord.answersTo(asked);
    expect(isBallot(ballot!)).toBe(true);
    for (const target of [asked, ballot!]) {
      const plain = await discord.contextMenu(member, channel, "Answer without my profile", target);
      expect(plain.ephemeral).toBe(true);
      expect(plain.content).toMatch(/cook rice/);
    }
    const other = discord.world.addUser("other");
    const refused = await discord.contextMenu(other, channel, "Answer without my profile", asked);
    expect(refused.content).toMatch(/your own messages/);
  });

  function say(text: string): Promise<StoredMessage> {
    return Promise.resolve(discord.say(member, channel, text, { mentionBot: true }));
  }

  async function consentQuestion(): Promise<StoredMessage> {
    const [answer, question] = await discord.answersTo(await say("How do I sleep better?"), 2);
    expect(isBallot(answer!)).toBe(false);
    return question!;
  }

  function labels({ components }: StoredMessage) {
    return components.flatMap((row) => row.components.map(({ label }) => label));
  }
});
