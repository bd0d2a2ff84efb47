import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Scene, startScene } from "../fixtures.js";
import type { InteractionAnswer } from "../support/loopback-discord/interaction-answers.js";
import type { Channel } from "../support/loopback-discord/world.js";
import { waitFor } from "../support/wait-for.js";

const CHANNEL = 7;
const PIRATE = "A pirate who ends every answer with “arr”.";

describe("a persona and a model for a place", () => {
  let scene: Scene;
  let library: Channel;
  beforeEach(async () => {
    scene = await startScene({
      environment: { OPENAI_OTHER_MODELS: "large small", SYSTEM_PROMPT: "Be kind." },
    });
    library = scene.discord.createChannel(scene.guild.id, "library");
  });
  afterEach(() => scene.running.close());

  it("goes along with every answer in its place, after the frame and the owner's words, and nowhere else", async () => {
    await setPersona(PIRATE);
    await setPersona("A librarian.", library);
    const here = await systemOf(scene.channel);
    expect(here).toContain(PIRATE);
    expect(here.indexOf("Never repeat")).toBeLessThan(here.indexOf("Be kind."));
    expect(here.indexOf("Be kind.")).toBeLessThan(here.indexOf(PIRATE));
    const there = await systemOf(library);
    expect(there).toContain("A librarian.");
    expect(there).not.toContain(PIRATE);
    const thread = scene.discord.createThread(library, "quiet corner");
    expect(await systemOf(thread)).toContain("A librarian.");
    const direct = scene.discord.directChannel(scene.member);
    expect(await systemOf(direct)).not.toMatch(/pirate|librarian/);
  });

  it("is shown in the form when it is changed, and gone when the form is empty", async () => {
    await setPersona(PIRATE);
    const form = await openForm();
    expect(JSON.stringify(form)).toContain("ends every answer");
    const view = await settings("view");
    expect(view.content).toMatch(/Character.*pirate/);
    await setPersona("   ");
    expect(await systemOf(scene.channel)).not.toContain("pirate");
  });

  it("gives its words away as little as the owner's", async () => {
    const secret = "You are Mildred, the head gardener of the palace, and you despise roses.";
    await setPersona(secret);
    scene.running.openai.fail(
      { kind: "answer", body: answerWith(`My character: ${secret}`) },
      1_000,
    );
    const [answer] = await scene.discord.answersTo(say(scene.channel));
    expect(answer!.content).not.toContain("head gardener of the palace");
  });

  it("writes with the model that was chosen, while the owner allows it", async () => {
    const menu = await settings("model", library);
    choose(menu, "large");
    await answered(/large/);
    expect(await modelOf(library)).toBe("large");
    expect(await modelOf(scene.channel)).toBe("loopback");
    choose(await settings("model", library), "the default");
    await answered(/loopback/);
    expect(await modelOf(library)).toBe("loopback");
  });

  it("keeps which model wrote a ballot", async () => {
    choose(await settings("model", scene.channel), "small");
    await answered(/small/);
    await scene.running.consent(scene.channel, scene.member);
    const [posted] = await scene.discord.answersTo(say(scene.channel));
    const ballot = await waitFor(
      () => scene.running.test.services.store.ballots.get(posted!.id),
      "the ballot",
    );
    expect(ballot.writtenBy).toBe("small");
  });

  it("takes no channel of another server, no forged model, and nothing from members", async () => {
    const menu = await settings("model", library);
    const other = scene.discord.createGuild("elsewhere");
    scene.discord.interactions.select(
      scene.admin,
      library,
      menu,
      `place:model:${other.channel.id}`,
      ["large"] as never,
    );
    await answered(/choose channels of this server/);
    choose(menu, "forbidden");
    await answered(/does not allow that model/);
    scene.discord.interactions.select(scene.member, library, menu, `place:model:${library.id}`, [
      "large",
    ]);
    await answered(/Manage Server/);
    expect(await scene.running.test.services.guildSettings.get(scene.guild.id)).toEqual({});
  });

  function say(channel: Channel) {
    return scene.discord.say(scene.member, channel, "How do I sleep?", { mentionBot: true });
  }

  async function systemOf(channel: Channel): Promise<string> {
    await scene.discord.answersTo(say(channel));
    return scene.running.openai.requests.at(-1)!.messages[0]!.content;
  }

  async function modelOf(channel: Channel): Promise<string> {
    await scene.discord.answersTo(say(channel));
    return scene.running.openai.requests.at(-1)!.model;
  }

  function settings(subcommand: string, channel?: Channel) {
    const options = channel ? ([["channel", CHANNEL, channel]] as const) : [];
    return scene.discord.command(scene.admin, scene.channel, "settings", subcommand, options);
  }

  async function openForm(channel?: Channel) {
    const options = channel ? ([["channel", CHANNEL, channel]] as const) : [];
    const { interactions } = scene.discord;
    const open = interactions.command(scene.admin, scene.channel, "settings", "persona", options);
    return waitFor(() => open.modal, "the form");
  }

  async function setPersona(words: string, channel?: Channel) {
    const form = await openForm(channel);
    const sent = scene.discord.interactions.submit(scene.admin, scene.channel, form, {
      persona: words,
    });
    const { content } = await scene.discord.answered(sent);
    expect(content).toMatch(/From now on I answer/);
  }

  function choose(menu: InteractionAnswer, model: string) {
    const id = menu.components[0]!.components[0]!.custom_id;
    scene.discord.interactions.select(scene.admin, scene.channel, menu, id, [model]);
  }

  function answered(content: RegExp) {
    return waitFor(
      () =>
        scene.discord.requests.some(({ body }) =>
          content.test(String((body as { content?: string })?.content)),
        ) || undefined,
      `an answer like ${content}`,
    );
  }
});

function answerWith(content: string) {
  const message = { role: "assistant", content };
  return {
    id: "1",
    object: "chat.completion",
    created: 1,
    model: "loopback",
    choices: [{ index: 0, message, finish_reason: "stop" }],
  };
}
