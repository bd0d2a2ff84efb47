import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Scene, startScene } from "../../fixtures.js";
import { ask, goOn, isChoice, labelsOf, showsAnswer } from "../../support/asked.js";
import type { InteractionAnswer } from "../../support/loopback-discord/interaction-answers.js";
import type { Channel } from "../../support/loopback-discord/world.js";
import { waitFor } from "../../support/wait-for.js";

describe("where the bot is a guest", () => {
  let scene: Scene;
  let foreign: Channel;
  beforeEach(async () => {
    scene = await startScene();
    foreign = scene.discord.world.addForeignChannel("somewhere else");
    scene.discord.world.installed.add(scene.member.id);
  });
  afterEach(() => scene.running.close());

  it("answers only its member where external apps may not speak, and goes on like that", async () => {
    const { discord, member } = scene;
    discord.world.withoutExternalApps.add(foreign.id);
    const first = await ask(discord, member, foreign);
    expect(first.answer!.ephemeral).toBe(true);
    const next = await goOn(discord, member, foreign, first.answer!, "And then?");
    expect(next.answer!.ephemeral).toBe(true);
  });

  it("answers in private on request, two answers to choose from included", async () => {
    const { discord, member } = scene;
    await consent();
    const { answer } = await ask(discord, member, foreign, "How do I sleep better?", true);
    expect(answer!.ephemeral).toBe(true);
    expect(isChoice(answer!)).toBe(true);
    const [a] = answer!.embeds.map(({ description }) => description!);
    discord.press(member, foreign, answer!, "A");
    await showsAnswer(answer!, a!);
    const next = await goOn(discord, member, foreign, answer!, "And then?");
    expect(next.answer!.ephemeral).toBe(true);
  });

  it("answers plainly on request, below its answer and by !plain", async () => {
    const { discord, member, running } = scene;
    await consent();
    const { answer } = await ask(discord, member, foreign);
    const name = "Answer without my profile";
    const asked = running.openai.requests.length;
    const plain = await discord.contextMenu(member, foreign, name, answer!);
    expect(plain.ephemeral).toBe(true);
    expect(isChoice(plain)).toBe(false);
    expect(running.openai.requests.length).toBe(asked + 1);
    const question = running.openai.requests.at(-1)!.messages.at(-1)!.content;
    expect(question).toBe("How do I sleep better?");
    const marked = await ask(discord, member, foreign, "!plain How do I sleep better?");
    expect(isChoice(marked.answer!)).toBe(false);
    expect(running.openai.requests.at(-1)!.messages.at(-1)!.content).toBe(question);
  });

  it("says why an answer was chosen", async () => {
    const { discord, member } = scene;
    await consent();
    const ballot = await ask(discord, member, foreign);
    expect(isChoice(ballot.answer!)).toBe(true);
    const { answer } = await ask(discord, member, foreign);
    expect(isChoice(answer!)).toBe(false);
    const name = "Why this answer?";
    const said = async () => (await discord.contextMenu(member, foreign, name, answer!)).content;
    await waitFor(async () => /Why I chose it|close call/.test(await said()) || undefined, "why");
  });

  it("shows and deletes the profile that goes with the member", async () => {
    const { discord, member, running } = scene;
    await consent();
    const { answer } = await ask(discord, member, foreign);
    discord.press(member, foreign, answer!, "A");
    await waitFor(() => !isChoice(answer!) || undefined, "the vote");
    const viewed = await discord.command(member, foreign, "profile", "view");
    expect(viewed.ephemeral).toBe(true);
    expect(viewed.content).toMatch(/after 1 vote/i);
    const undone = await discord.command(member, foreign, "profile", "undo");
    expect(undone.content).toMatch(/^Taken back/);
    // The message follows, by what the vote's button brought.
    await waitFor(() => isChoice(answer!) || undefined, "the question");
    const asked = await discord.command(member, foreign, "profile", "delete");
    expect(asked.content).toMatch(/in one place/);
    discord.press(member, foreign, asked, "Delete everything");
    await waitFor(() => /^Done/.test(asked.content) || undefined, "the deletion");
    expect(await running.test.services.memberData.placesOf(member.id)).toEqual([]);
    const pressed = discord.press(member, foreign, answer!, "B");
    const said = await waitFor(() => pressed.followUps[0], "what is said");
    expect(said.content).toMatch(/closed/);
  });

  it("asks no question and counts no vote after a no, and says how to change that", async () => {
    const { discord, member } = scene;
    await consent();
    const { answer } = await ask(discord, member, foreign);
    await discord.command(member, foreign, "profile", "pause");
    const pressed = discord.press(member, foreign, answer!, "A");
    const said = await waitFor(() => pressed.followUps[0], "what is said");
    expect(said.content).toMatch(/`\/profile start` changes that/);
    expect(isChoice(answer!)).toBe(true);
    expect(isChoice((await ask(discord, member, foreign)).answer!)).toBe(false);
  });

  it("speaks the language of its member's client", async () => {
    const { discord, member } = scene;
    discord.interactions.locales.set(member.id, "de");
    const first = await ask(discord, member, foreign);
    expect(labelsOf(first.answer!)).toEqual(["Weiter"]);
    const consentQuestion = await waitFor(() => first.followUps[0], "the question of consent");
    expect(consentQuestion.content).toMatch(/als deine eigene App mitnimmst/);
    const pressed = discord.press(member, foreign, first.answer!, "Weiter");
    const form = await waitFor(() => pressed.modal, "the form");
    expect(form.components[0]!.label).toBe("Deine nächste Nachricht");
    await scene.running.restart();
    const late = discord.press(member, foreign, first.answer!, "Weiter");
    expect((await discord.answered(late)).content).toMatch(/`\/fragen`/);
  });

  it("tells whoever waits that it is being restarted", async () => {
    await scene.running.close();
    scene = await startScene({ stopTimes: { finishMs: 200, tellMs: 5_000, leaveMs: 500 } });
    const { openai } = scene.running;
    const far = scene.discord.world.addForeignChannel("far away");
    scene.discord.world.installed.add(scene.member.id);
    openai.fail({ kind: "delay", ms: 600_000 }, 4);
    const open = scene.discord.interactions.command(scene.member, far, "ask", undefined, [
      ["question", 3, "How do I sleep better?"],
    ]);
    await waitFor(() => openai.requests.length > 0 || undefined, "the language model to be asked");
    await scene.running.restart();
    await showsAnswer(open.answer as InteractionAnswer, /being restarted just now/);
  });

  it("asks a language model that fails no second time, and says what is wrong", async () => {
    const { discord, member, running } = scene;
    running.openai.fail({ kind: "status", status: 401, message: "no" }, 9);
    const { answer } = await ask(discord, member, foreign);
    expect(answer!.content).not.toBe("");
    expect(labelsOf(answer!)).toEqual([]);
    expect(answer!.content.length).toBeLessThan(300);
  });

  function consent() {
    return scene.running.consent(scene.discord.directChannel(scene.member), scene.member);
  }
});
