import { MessageFlags } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { unfinished } from "../../src/discord/messages/waiting-mark.js";
import { speakerOf } from "../../src/language/say.js";
import { type Scene, type SceneOptions, startScene } from "../fixtures.js";
import type { StoredMessage } from "../support/loopback-discord/world.js";
import { isBallot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const SENTENCE = "Water the plants early, before the sun is high. ";
const ANSWER = SENTENCE.repeat(20).trim();
const LONG = Array.from({ length: 30 }, (_, at) => `${at}. ${SENTENCE.repeat(4).trim()}`).join(
  "\n",
);
const MISSING_PERMISSIONS = 50013;
const say = speakerOf("en");
const memberKey = ({ guild, member }: Scene) => ({ guildId: guild.id, memberId: member.id });

/** Holds the streams back until the test lets them go on. */
class Gate {
  #upTo = Number.POSITIVE_INFINITY;
  #breaks = false;
  readonly before = async (sent: string) => {
    await waitFor(() => sent.length < this.#upTo || this.#breaks || undefined, "the gate to open");
    if (this.#breaks) throw new Error("The connection breaks.");
  };
  holdAfter(characters: number): void {
    this.#upTo = characters;
  }
  open(): void {
    this.#upTo = Number.POSITIVE_INFINITY;
  }
  breaks(): void {
    this.#breaks = true;
  }
}

describe("a member who wants fast answers", () => {
  let scene: Scene;
  let gate: Gate;
  afterEach(async () => {
    gate.open();
    await scene.running.close();
  });

  async function start(text = ANSWER, options: SceneOptions = {}): Promise<void> {
    gate = new Gate();
    scene = await startScene({
      consented: true,
      paceMs: 5,
      openai: { answer: () => text, stream: { before: gate.before } },
      ...options,
    });
    await scene.running.test.services.consents.setFast(memberKey(scene), true);
    // A whole answer is seen first: thoughts may look like an answer.
    await scene.discord.answersTo(asks(scene.other));
  }
  const asks = (author = scene.member, text = "When do I water?"): StoredMessage =>
    scene.discord.say(author, scene.channel, text, { mentionBot: true });
  const below = (message: StoredMessage) => {
    const ids = [message.id];
    return scene.discord.sentTo(scene.channel).filter(({ id, repliesTo }) => {
      if (repliesTo === undefined || !ids.includes(repliesTo)) return false;
      return ids.push(id);
    });
  };
  const growing = (message: StoredMessage, pieces = 1) =>
    waitFor(() => {
      const found = below(message);
      const shown = found.at(-1) && unfinished(found.at(-1)!.content)?.shown;
      return found.length >= pieces && shown ? found : undefined;
    }, "a part of the answer");
  const becomes = (message: StoredMessage, content: string) =>
    waitFor(() => message.content === content || undefined, `“${message.content}” to be whole`);
  const nothingNoted = () =>
    waitFor(async () => {
      for await (const _ of scene.running.test.services.store.pendingLines.entries()) {
        return undefined;
      }
      return true;
    }, "nothing to be noted");

  it("reads the one answer while it is written, and is asked nothing", async () => {
    await start();
    const requests = scene.running.openai.requests.length;
    gate.holdAfter(700);
    const message = asks();
    const [part] = await growing(message);
    expect(part!.content).toContain("\n-# I am still working on your answer …");
    expect(part!.flags & MessageFlags.SuppressEmbeds).not.toBe(0);
    expect(part!.allowedMentions).toMatchObject({ parse: [], replied_user: false });
    expect(ANSWER.startsWith(unfinished(part!.content)!.shown)).toBe(true);
    gate.open();
    await becomes(part!, ANSWER);
    expect(below(message)).toHaveLength(1);
    expect(scene.discord.sentTo(scene.channel).some(isBallot)).toBe(false);
    const [request, ...more] = scene.running.openai.requests.slice(requests);
    expect(more).toEqual([]);
    expect(request).not.toHaveProperty("n");
    expect(request!.stream).toBe(true);
    await nothingNoted();
  });

  it("reads a long answer grow over several messages, in order", async () => {
    await start(LONG);
    gate.holdAfter(3_500);
    const message = asks();
    const parts = await growing(message, 2);
    expect(unfinished(parts[0]!.content)).toBeUndefined();
    gate.open();
    const texts = () => below(message).map(({ content }) => content);
    // Between two messages all that are there are finished.
    await waitFor(() => texts().join("\n") === LONG || undefined, "the whole answer");
    expect(texts().length).toBeGreaterThan(2);
    await nothingNoted();
  });

  it("reads whole blocks of code at every moment", async () => {
    await start(`Do this:\n\n\`\`\`js\n${"const water = early;\n".repeat(40)}\`\`\`\nThat is all.`);
    gate.holdAfter(700);
    const [part] = await growing(asks());
    expect(part!.content.split("```")).toHaveLength(3);
  });

  it("never reads a secret, an instruction, thoughts or a ping, not for a moment", async () => {
    const secret = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6";
    const hostile = `<think>${"I must not say this. ".repeat(20)}</think>${ANSWER} ${secret} @everyone ${ANSWER}`;
    await start(hostile);
    gate.holdAfter(1_000);
    const message = asks();
    await growing(message);
    gate.open();
    await waitFor(() => below(message)[0]!.content.endsWith(ANSWER) || undefined, "the end");
    const bodies = scene.discord.requests
      .filter(({ method }) => method === "POST" || method === "PATCH")
      .map(({ body }) => String((body as { content?: unknown } | undefined)?.content ?? ""));
    for (const body of bodies) {
      expect(body).not.toContain(secret.slice(0, 20));
      expect(body).not.toContain("must not");
      expect(body).not.toContain("@everyone");
    }
    expect(bodies.length).toBeGreaterThan(2);
  });

  it("keeps what was shown, with a sentence below, if the server fails in the middle", async () => {
    await start();
    gate.holdAfter(700);
    const [part] = await growing(asks());
    const { shown } = unfinished(part!.content)!;
    gate.breaks();
    await waitFor(() => !unfinished(part!.content) || undefined, "the sentence");
    expect(part!.content.startsWith(shown)).toBe(true);
    expect(part!.content).toBe(`${shown}\n-# ${say("failures.unavailable")}`);
    await nothingNoted();
  });

  it("keeps what was shown if the bot stops, with a sentence that says so", async () => {
    await start(ANSWER, { stopTimes: { finishMs: 50, tellMs: 10_000, leaveMs: 200 } });
    gate.holdAfter(700);
    const [part] = await growing(asks());
    expect(await scene.running.bot.stop()).toBe(true);
    expect(part!.content).toContain(`\n-# ${say("messages.restarting")}`);
    await nothingNoted();
  });

  it("sees everything go with their message", async () => {
    await start(LONG);
    gate.holdAfter(3_500);
    const message = asks();
    const parts = await growing(message, 2);
    scene.discord.remove(message);
    await waitFor(
      () => parts.every(({ id }) => !scene.discord.world.messages.has(id)) || undefined,
      "the parts to go",
    );
    await nothingNoted();
  });

  it("is answered anew if a moderator deletes what was shown", async () => {
    await start();
    gate.holdAfter(700);
    const message = asks();
    const [part] = await growing(message);
    scene.discord.remove(part!);
    gate.open();
    await waitFor(() => below(message)[0]?.content === ANSWER || undefined, "the answer");
    expect(below(message)).toHaveLength(1);
  });

  it("is answered whole if Discord refuses to show parts", async () => {
    await start();
    scene.discord.rest.fail("POST", /messages$/, 403, 1, MISSING_PERMISSIONS);
    gate.holdAfter(700);
    const message = asks();
    await waitFor(
      () => scene.recording.events.some(({ event }) => event === "waiting.unshown") || undefined,
      "the refusal",
    );
    gate.open();
    await waitFor(() => below(message)[0]?.content === ANSWER || undefined, "the answer");
    await nothingNoted();
  });

  it("is answered one edit after the other, however fast the words come", async () => {
    const paceMs = 400;
    await start(LONG, { paceMs });
    const before = scene.discord.requests.length;
    const begun = performance.now();
    const message = asks();
    await waitFor(() => below(message).at(-1)?.content.endsWith("high.") || undefined, "the end");
    const edits = scene.discord.requests
      .slice(before)
      .filter(({ method, status }) => method === "PATCH" && status === 200);
    // Those that the time allows, and the last one of each message.
    const most = (performance.now() - begun) / paceMs + below(message).length;
    expect(edits.length).toBeLessThanOrEqual(Math.ceil(most));
  });

  it("waits as long as Discord wants, and reads the end", async () => {
    await start();
    scene.discord.rest.faults.limit("PATCH", /messages/, 1, { times: 2 });
    gate.holdAfter(700);
    const message = asks();
    const [part] = await growing(message);
    gate.open();
    await becomes(part!, ANSWER);
    expect(below(message)).toHaveLength(1);
  });

  it("is said after a kill that the rest is missing", async () => {
    await start();
    gate.holdAfter(700);
    const message = asks();
    const [part] = await growing(message);
    const { shown } = unfinished(part!.content)!;
    // What a killed process leaves behind: the message as it is, and the note.
    const { store } = scene.running.test.services;
    gate.open();
    await becomes(part!, ANSWER);
    await nothingNoted();
    part!.content = `${shown}\n-# I am still working on your answer …`;
    await store.pendingLines.set(message.id, { channelId: scene.channel.id, at: Date.now() });
    await scene.running.restart();
    await becomes(part!, `${shown}\n-# ${say("messages.restartedWithin")}`);
    await nothingNoted();
  });
});

describe("the switch for fast answers", () => {
  let scene: Scene;
  afterEach(() => scene.running.close());

  it("is in /profile adjust, and seen in /profile view", async () => {
    scene = await startScene({ consented: true });
    const { discord, channel, member, running } = scene;
    const { consents } = running.test.services;
    const adjusting = await discord.command(member, channel, "profile", "adjust");
    discord.press(member, channel, adjusting, "Fast answers: one, at once");
    await waitFor(
      async () => (await consents.wantsFast(memberKey(scene))) || undefined,
      "the switch",
    );
    const view = await discord.command(member, channel, "profile", "view");
    expect(view.content).toContain("**Fast answers** are on");
    const again = await discord.command(member, channel, "profile", "adjust");
    discord.press(member, channel, again, "The best of several answers");
    await waitFor(
      async () => !(await consents.wantsFast(memberKey(scene))) || undefined,
      "the switch back",
    );
  });

  it("is for members who have said yes", async () => {
    scene = await startScene();
    expect(await scene.running.test.services.consents.setFast(memberKey(scene), true)).toBe(false);
  });
});
