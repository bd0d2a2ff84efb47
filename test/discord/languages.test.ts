import { afterEach, describe, expect, it } from "vitest";
import { type Say, speakerOf } from "../../src/language/say.js";
import { consentKey } from "../../src/store/keys.js";
import { type Scene, startScene } from "../fixtures.js";
import type { StoredMessage } from "../support/loopback-discord/world.js";
import { isBallot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

/** What only one language says, so that the catalogue is not compared with itself alone. */
const SAID = {
  de: { question: /Darf ich lernen/, ballot: /^Welche Antwort/, view: /Stimme/, reset: /löscht/ },
  es: { question: /¿Puedo aprender/, ballot: /^¿Qué respuesta/, view: /voto/, reset: /borra/ },
} as const;

describe("a member's language", () => {
  let scene: Scene;
  afterEach(() => scene.running.close());

  it.each(["de", "es"] as const)(
    "is spoken from the first question to the last, %s",
    async (language) => {
      scene = await startScene();
      const { discord, channel, member } = scene;
      const say = speakerOf(language);
      const said = SAID[language];
      discord.interactions.locales.set(member.id, language === "es" ? "es-419" : language);
      const call = (subcommand: string) => discord.command(member, channel, "profile", subcommand);

      expect((await discord.command(member, channel, "privacy")).content).toContain(
        say("privacy.notStored"),
      );
      const question = (await ask(2))[1]!;
      expect(question.content).toMatch(said.question);
      const yes = discord.press(member, channel, question, say("consent.yes"));
      const pooled = await waitFor(() => yes.followUps[0], "the second question");
      expect(pooled.content).toBe(say("consent.pooledQuestion"));
      discord.press(member, channel, pooled, say("consent.poolYes"));
      await waitFor(() => pooled.content === say("consent.pooled") || undefined, "the answer");

      const [ballot] = await ask();
      expect(ballot!.content).toMatch(said.ballot);
      const tap = discord.press(member, channel, ballot!, say("ballots.a"));
      await waitFor(() => tap.answer?.content.includes("**A**") || undefined, "the receipt");
      expect(tap.answer!.content).toBe(say("ballots.stored", { choice: "A" }));

      const view = await call("view");
      expect(view.content).toMatch(said.view);
      expect(view.content).toContain(say("manner.switchOff"));
      expectNoEnglish(view.content);
      const calibration = await call("calibrate");
      expect(calibration.content).toMatch(language === "de" ? /Frage 1 von/ : /Pregunta 1 de/);
      const adjusting = await call("adjust");
      expect(adjusting.content).toContain(say("profile.adjustIntro"));
      expectNoEnglish(JSON.stringify(adjusting.components));

      const reset = await call("reset");
      expect(reset.content).toMatch(said.reset);
      discord.press(member, channel, reset, say("profile.resetYes"));
      const done = say("profile.resetDone", { votes: 1 });
      await waitFor(() => reset.content === done || undefined, "the end of the profile");
    },
  );

  it("is English if it is none that the bot speaks", async () => {
    scene = await startScene();
    const { discord, channel, member } = scene;
    discord.interactions.locales.set(member.id, "fr");
    const { content } = await discord.command(member, channel, "profile", "view");
    expect(content).toContain(speakerOf("en")("profile.nothingKnown"));
    expect((await ask(2))[1]!.content).toBe(speakerOf("en")("consent.question"));
  });

  it("counts more than the server's, in what a message is answered as well", async () => {
    scene = await startScene({ consented: true });
    const { discord, running, channel, guild, member, other } = scene;
    discord.world.guildLocales.set(guild.id, "es-ES");
    await running.restart();
    await running.consent(channel, other);
    discord.interactions.locales.set(member.id, "de");
    await discord.command(member, channel, "privacy");
    expect((await ask())[0]!.content).toBe(ballotIn(speakerOf("de")));
    const [others] = await discord.answersTo(
      discord.say(other, channel, "How do I swim?", { mentionBot: true }),
    );
    expect(others!.content).toBe(ballotIn(speakerOf("es")));
  });

  it("is known after a restart with their yes, and forgotten without it", async () => {
    scene = await startScene({ consented: true });
    const { discord, running, channel, guild, member, other } = scene;
    for (const one of [member, other]) {
      discord.interactions.locales.set(one.id, "de");
      await discord.command(one, channel, "privacy");
    }
    const recordOf = ({ id }: typeof member) =>
      running.test.services.store.consents.get(consentKey({ guildId: guild.id, memberId: id }));
    await waitFor(async () => (await recordOf(member))?.language, "what is stored");
    expect(await recordOf(other)).toBeUndefined();
    await running.restart();
    expect((await ask())[0]!.content).toBe(ballotIn(speakerOf("de")));
    const hint = discord.say(other, channel, "", { mentionBot: true });
    const [said] = await discord.answersTo(hint);
    expect(said!.content).toBe(speakerOf("en")("messages.nothingSaid"));

    const refused = await discord.command(member, channel, "profile", "consent");
    discord.press(member, channel, refused, speakerOf("de")("consent.stop"));
    await waitFor(async () => (await recordOf(member))?.state === "refused" || undefined, "the no");
    expect((await recordOf(member))!.language).toBeUndefined();
  });

  it("is what an admin chose, for whoever speaks none of the bot's", async () => {
    scene = await startScene({ consented: true });
    const { admin, discord, channel, member } = scene;
    const chosen = ["language", 3, "de"] as const;
    const settings = await discord.command(admin, channel, "settings", "language", [chosen]);
    expect(settings.content).toMatch(/speak: German/);
    expect((await ask())[0]!.content).toBe(ballotIn(speakerOf("de")));
    discord.interactions.locales.set(member.id, "ja");
    const { content } = await discord.command(member, channel, "profile", "undo");
    expect(content).toBe(speakerOf("de")("profile.nothingToUndo"));
  });

  it("says so if a command fails, or is for others", async () => {
    scene = await startScene();
    const { discord, channel, member } = scene;
    discord.interactions.locales.set(member.id, "es-ES");
    const { content } = await discord.command(member, channel, "settings", "view");
    expect(content).toBe(speakerOf("es")("interactions.managersOnly"));
  });

  function ask(answers = 1): Promise<StoredMessage[]> {
    const { discord, channel, member } = scene;
    const message = discord.say(member, channel, "How do I sleep better?", { mentionBot: true });
    return discord.answersTo(message, answers).then((messages) => {
      if (answers === 1) expect(isBallot(messages[0]!), messages[0]!.content).toBe(true);
      return messages;
    });
  }
});

function ballotIn(say: Say): string {
  return say("ballots.question", { a: "🅰️", b: "🅱️", tie: "🤝", neither: "👎" });
}

/** Apart from the very words to the language model, which stand in quotation marks. */
function expectNoEnglish(text: string): void {
  expect(text.replaceAll(/“[^”]*”/g, "")).not.toMatch(
    /\b(?:the|and|you|answers?|that|more|short|formal|asks)\b/i,
  );
}
