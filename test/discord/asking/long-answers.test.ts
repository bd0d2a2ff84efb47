import { afterEach, describe, expect, it } from "vitest";
import { type Scene, startScene } from "../../fixtures.js";
import { ask, goOn, isChoice, labelsOf, showsAnswer } from "../../support/asked.js";
import type { Channel } from "../../support/loopback-discord/world.js";
import { waitFor } from "../../support/wait-for.js";

const SENTENCE = "A cat sleeps for many hours a day, and nobody minds. ";
/** Some nine messages, and some three. */
const VERY_LONG = SENTENCE.repeat(340);
const LONG = SENTENCE.repeat(100);

describe("a long answer to /ask", () => {
  let scene: Scene;
  afterEach(() => scene.running.close());

  it("keeps to five follow-ups where the bot is a guest, and comes whole as a file", async () => {
    const foreign = await start(VERY_LONG);
    const { answer, followUps } = await ask(scene.discord, scene.member, foreign);
    const last = await waitFor(() => followUps[4], "the last piece");
    expect(followUps).toHaveLength(5);
    const text = [answer!, ...followUps].map(({ content }) => content).join(" ");
    expect(text).toMatch(/the file has all of it/);
    expect(Buffer.from(last.attachments[0]!.bytes).toString()).toBe(VERY_LONG.trim());
    expect(labelsOf(last)).toEqual(["Go on"]);
    expect(labelsOf(answer!)).toEqual([]);
    expect(refusedFollowUps()).toEqual([]);
    await goOn(scene.discord, scene.member, foreign, last, "And dogs?");
  });

  it("leaves one of the five for the question of consent", async () => {
    const foreign = await start(VERY_LONG, { differing: true });
    const { followUps } = await ask(scene.discord, scene.member, foreign);
    const consent = await waitFor(
      () => followUps.find(({ content }) => /May I learn/.test(content)),
      "the question of consent",
    );
    expect(consent.ephemeral).toBe(true);
    expect(followUps).toHaveLength(5);
    expect(followUps[3]!.attachments).toHaveLength(1);
    expect(refusedFollowUps()).toEqual([]);
  });

  it("is cut with a sentence where members may attach nothing", async () => {
    const foreign = await start(VERY_LONG);
    scene.discord.world.withoutFiles.add(foreign.id);
    const { followUps } = await ask(scene.discord, scene.member, foreign);
    const last = await waitFor(() => followUps[4], "the last piece");
    expect(last.content).toMatch(/too long to show here/);
    expect(last.attachments).toEqual([]);
  });

  it("takes as many messages as it needs on a server of the bot's", async () => {
    await start(VERY_LONG);
    const { followUps } = await ask(scene.discord, scene.member, scene.channel);
    const isWhole = () => followUps.some((one) => labelsOf(one).includes("Go on"));
    await waitFor(() => isWhole() || undefined, "the last piece");
    expect(followUps.length).toBeGreaterThan(6);
  });

  it("says that it is cut if the rest can't be sent, and the beginning stays", async () => {
    const foreign = await start(LONG);
    scene.discord.rest.fail("POST", /^webhooks/, 400, 9, 200000);
    const { answer } = await ask(scene.discord, scene.member, foreign);
    await showsAnswer(answer!, /The rest of my answer could not be sent/);
    expect(answer!.content.startsWith(SENTENCE)).toBe(true);
    expect(labelsOf(answer!)).toEqual(["Go on"]);
  });

  it("is chosen by a vote with its rest below it, which goes with the vote", async () => {
    const foreign = await start(LONG.slice(0, 2_600), { differing: true });
    const { discord, member, running } = scene;
    await running.consent(discord.directChannel(member), member);
    const { answer } = await ask(discord, member, foreign);
    expect(isChoice(answer!)).toBe(true);
    const voted = discord.press(member, foreign, answer!, "A");
    const rest = await waitFor(() => voted.followUps[0], "the rest");
    expect(rest.deleted).toBe(false);
    await waitFor(
      () => labelsOf(answer!).includes("Take my vote back") || undefined,
      "the buttons",
    );
    discord.press(member, foreign, answer!, "Take my vote back");
    await waitFor(() => isChoice(answer!) || undefined, "the question");
    expect(rest.deleted).toBe(true);
  });

  it("keeps its rest in hand even if the tap is quicker than the bot's own request", async () => {
    const foreign = await start(LONG.slice(0, 2_600), { differing: true });
    const { discord, member, running } = scene;
    await running.consent(discord.directChannel(member), member);
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    discord.rest.faults.holdAnswer("PATCH", /@original$/, told);
    const { answer } = await ask(discord, member, foreign);
    const voted = discord.press(member, foreign, answer!, "A");
    const rest = await waitFor(() => voted.followUps[0], "the rest");
    await waitFor(
      () => labelsOf(answer!).includes("Take my vote back") || undefined,
      "the buttons",
    );
    tell();
    await discord.gateway.settled();
    await running.bot.idle();
    discord.press(member, foreign, answer!, "Take my vote back");
    await waitFor(() => isChoice(answer!) || undefined, "the question");
    expect(rest.deleted).toBe(true);
  });

  /** The answers differ in a few signs, so that there is something to choose, or not at all. */
  async function start(text: string, { differing = false } = {}): Promise<Channel> {
    const endings = ["", "! Woo!", " :)", " Perhaps?"];
    const answer = (_question: string, at: number) =>
      differing ? `${`${endings[at % 4]} `.repeat(12)}${text}` : text;
    scene = await startScene({ openai: { answer } });
    scene.discord.world.installed.add(scene.member.id);
    return scene.discord.world.addForeignChannel("somewhere else");
  }

  function refusedFollowUps() {
    return scene.discord.requests.filter(
      ({ path, status }) => path.startsWith("webhooks") && status >= 400,
    );
  }
});
