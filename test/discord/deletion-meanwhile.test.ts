import { describe, expect, it } from "vitest";
import { speakerOf } from "../../src/language/say.js";
import { filesWith } from "../support/bytes-of-files.js";
import { startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

describe("a member who has everything deleted while an answer is written", () => {
  it("gets the answer, and nothing about them is stored: no question, no ballot, no note", async () => {
    let whileWritten = (): void => undefined;
    const running = await startRunningBot({
      openai: {
        answer: (_question, index) => {
          whileWritten();
          return index % 2 === 0 ? "Yes." : "It depends; let me explain that at some length.";
        },
      },
    });
    const { discord, test } = running;
    const { channel } = discord.createGuild("lounge");
    for (let round = 0; round < 5; round++) {
      const member = discord.world.addUser(`member ${round}`);
      await running.consent(channel, member);
      let deleting: Promise<unknown> | undefined;
      whileWritten = () => {
        deleting ??= test.services.memberData.delete(member.id, "everywhere");
      };
      const message = discord.say(member, channel, "How do I cook rice?", { mentionBot: true });
      const answers = await discord.answersTo(message);
      await deleting;
      expect(answers.length).toBeGreaterThan(0);
      expect(deleting).toBeDefined();
      await running.bot.idle();
      await test.services.limits.written();
      await test.services.store.deletion.bytesGone();
      expect(filesWith(test.config.storeUrl, member.id)).toEqual([]);
    }
    await running.close();
  });

  it("is not asked for consent below an answer that was begun before", async () => {
    let whileWritten = (): void => undefined;
    const running = await startRunningBot({
      openai: {
        answer: (_question, index) => {
          whileWritten();
          return index % 2 === 0 ? "Yes." : "It depends; let me explain that at some length.";
        },
      },
    });
    const { discord, test } = running;
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    let deleting: Promise<unknown> | undefined;
    whileWritten = () => {
      deleting ??= test.services.memberData.delete(member.id, "everywhere");
    };
    const first = discord.say(member, channel, "How do I cook rice?", { mentionBot: true });
    await discord.answersTo(first);
    await deleting;
    await running.bot.idle();
    expect(await discord.answersTo(first)).toHaveLength(1);
    await test.services.store.deletion.bytesGone();
    expect(filesWith(test.config.storeUrl, member.id)).toEqual([]);
    const second = discord.say(member, channel, "And pasta?", { mentionBot: true });
    const [, question] = await discord.answersTo(second, 2);
    expect(question!.content).toMatch(/May I learn/);
    await running.close();
  });

  it.each(["yes", "no"])("is not believed a “%s” that was tapped before", async (answer) => {
    const running = await startRunningBot();
    const { discord, test } = running;
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    const hello = discord.say(member, channel, "Hello?", { mentionBot: true });
    const [, question] = await discord.answersTo(hello, 2);
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    discord.rest.faults.holdAnswer("POST", /^interactions\/.*\/callback$/, held);
    const tap = `consent:${answer}:${member.id}`;
    const open = discord.interactions.press(member, channel, question!, tap);
    await waitFor(() => open.acknowledged || undefined, "the tap to arrive");
    await test.services.memberData.delete(member.id, "everywhere");
    letGo();
    await waitFor(() => question!.components.length === 0 || undefined, "the answer");
    expect(question!.content).toBe(speakerOf("en")("consent.outdated"));
    await test.services.store.deletion.bytesGone();
    expect(filesWith(test.config.storeUrl, member.id)).toEqual([]);
    await running.close();
  });

  it("does not go on after a pause that went with the rest", async () => {
    const running = await startRunningBot();
    const { discord, test } = running;
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    await running.consent(channel, member);
    await discord.command(member, channel, "profile", "pause");
    const { consents, memberData } = test.services;
    const read = consents.get.bind(consents);
    consents.get = async (key) => {
      const record = await read(key);
      consents.get = read;
      await memberData.delete(member.id, "everywhere");
      return record;
    };
    await discord.command(member, channel, "profile", "start");
    await test.services.store.deletion.bytesGone();
    expect(filesWith(test.config.storeUrl, member.id)).toEqual([]);
    await running.close();
  });
});
