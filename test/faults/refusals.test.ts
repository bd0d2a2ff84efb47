import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { profileKey } from "../../src/store/keys.js";
import { startScene } from "../fixtures.js";
import { askForBallot, textsOf } from "../support/asked-ballot.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import { createRecordingLog } from "../support/recording-log.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { STYLES, styledAnswer } from "../support/styled-answers.js";
import { waitFor } from "../support/wait-for.js";

const WARNING = 40;
const ERROR = 50;
const AUTOMOD = 200000;
const MISSING_PERMISSIONS = 50013;
/** Tries of discord.js, times those of the bot. */
const EVERY_ATTEMPT = 16;
const POST = /^channels\/\d+\/messages$/;
const LONG = Array.from({ length: 900 }, (_, at) => `word${at}`).join(" ");

/** Refusals that no other try and no other words mend. */
const SILENT: readonly (readonly [what: string, status: number, code: number])[] = [
  ["slow mode", 400, 20016],
  ["a locked thread", 403, 160005],
  ["an archived thread", 400, 50083],
  ["onboarding", 403, 350003],
  ["a missing permission", 403, MISSING_PERMISSIONS],
  ["a channel that is not seen", 403, 50001],
  ["a member who blocks the bot", 403, 50007],
  ["a member without a common server", 400, 50278],
  ["a forum", 400, 40058],
  ["a code that nobody has heard of", 403, 987654],
];
const UNWANTED: readonly (readonly [what: string, code: number])[] = [
  ["AutoMod", AUTOMOD],
  ["AutoMod on titles", 200001],
  ["the filter of harmful links", 240000],
  ["the filter of explicit content", 20009],
];

describe("when Discord refuses for good", () => {
  let running: RunningBot;
  let recording: ReturnType<typeof createRecordingLog>;
  let channel: Channel;
  let member: User;
  let long = false;
  beforeEach(async () => {
    long = false;
    recording = createRecordingLog();
    const answer = (question: string, index: number) =>
      long ? LONG : styledAnswer(question, STYLES[index % STYLES.length]!, index);
    ({ running, channel, member, recording } = await startScene({ openai: { answer } }));
  });
  afterEach(() => running.close());

  const say = (text = "!plain How do I sleep?") =>
    running.discord.say(member, channel, text, { mentionBot: true });
  const logged = (event: string) =>
    waitFor(() => recording.events.find((one) => one.event === event), event);
  const complaints = () => recording.events.filter(({ level }) => level >= WARNING);
  const refuse = (code: number, status = 400, times = 1) =>
    running.discord.rest.fail("POST", POST, status, times, code);

  it.each(SILENT)("%s is one line of information", async (_, status, code) => {
    refuse(code, status);
    say();
    expect(await logged("reply.failed")).toMatchObject({ code, level: 30 });
    await running.bot.idle();
    expect(running.discord.sentTo(channel)).toEqual([]);
    expect(complaints()).toEqual([]);
  });

  it.each(UNWANTED)(
    "%s is one line of information, and the member is told why",
    async (_, code) => {
      refuse(code);
      const [excuse] = await running.discord.answersTo(say());
      expect(excuse!.content).toMatch(/stopped by the rules.*in other words/);
      expect(recording.events.filter(({ code: logged }) => logged === code)).toHaveLength(1);
      expect(complaints()).toEqual([]);
    },
  );

  describe("in the midst of a long answer", () => {
    /** The first piece goes through, the others meet `status`. */
    async function cutOff(status: number, code: number, times: number): Promise<string[]> {
      long = true;
      const { discord } = running;
      const message = say();
      const [first] = await discord.answersTo(message);
      return waitFor(() => {
        const sent = discord.sentTo(channel).map(({ content }) => content);
        return sent.length > 1 && sent[0] === first!.content ? sent : undefined;
      }, `the excuse after ${status}, ${code}, ${times}`);
    }
    const afterTheFirst = (status: number, code: number, times: number) => {
      const { faults } = running.discord.rest;
      let posted = 0;
      const { strike } = faults;
      faults.strike = (method, path, body) => {
        if (method === "POST" && POST.test(path) && ++posted === 2) {
          faults.add({ kind: "refuse", method, path: POST, status, code, times });
        }
        return strike.call(faults, method, path, body);
      };
    };

    it("a lasting outage is admitted, below the beginning", async () => {
      afterTheFirst(503, 0, EVERY_ATTEMPT);
      const sent = await cutOff(503, 0, EVERY_ATTEMPT);
      expect(sent).toHaveLength(2);
      expect(sent[1]).toMatch(/rest of my answer could not be sent/);
    });

    it("so is a rule of the server's", async () => {
      afterTheFirst(400, AUTOMOD, 1);
      const sent = await cutOff(400, AUTOMOD, 1);
      expect(sent).toHaveLength(2);
      expect(sent[1]).toMatch(/rest of my answer was stopped by the rules/);
      expect(complaints()).toEqual([]);
    });

    it("so it is below a chosen answer, which is shown as far as it may be", async () => {
      const { discord } = running;
      long = false;
      await running.consent(channel, member);
      const ballot = await askForBallot(running, channel, member);
      const { ballots, votes } = running.test.services;
      await votes.withBallot(ballot.id, async (_sealed, seen) => {
        const record = (await ballots.get(ballot.id))!;
        const [a, b] = record.candidates;
        await ballots.put(ballot.id, { ...record, candidates: [{ ...a, text: LONG }, b] }, seen);
      });
      refuse(AUTOMOD);
      discord.react(member, ballot, "🅰️");
      const told = () => discord.sentTo(channel).find(({ content }) => /rest of my/.test(content));
      await waitFor(told, "the excuse");
      expect(isBallot(ballot)).toBe(false);
      expect(LONG.startsWith(ballot.content)).toBe(true);
      expect(complaints()).toEqual([]);
    });
  });

  it("a command's member is told so, and not to try again", async () => {
    const { discord } = running;
    discord.rest.fail("POST", /callback$/, 403, 1, MISSING_PERMISSIONS);
    const answer = await discord.command(member, channel, "privacy");
    expect(answer.content).toMatch(/Discord does not let me/);
    expect(complaints()).toEqual([]);
  });

  describe("a ballot", () => {
    beforeEach(() => running.consent(channel, member));
    const record = () =>
      running.test.services.store.questions.get(
        profileKey({ guildId: channel.guildId!, memberId: member.id }),
      );
    const budget = () =>
      running.test.services.limits
        .budgets({ guildId: channel.guildId!, channelId: channel.id, memberId: member.id })
        .filter(({ unit }) => unit === "ballotsPerDay");

    /** As if the bot lacked Embed Links: embeds are refused, and nothing else. */
    const refuseBallots = (code: number) =>
      running.discord.rest.faults.add({
        kind: "refuse",
        method: "POST",
        path: POST,
        status: 403,
        code,
        when: (body) => ((body as { embeds?: unknown[] }).embeds ?? []).length > 0,
        times: Number.POSITIVE_INFINITY,
      });

    it("that can't be posted is the best answer by reward, every time", async () => {
      const { replies } = running.test.services;
      const reply = replies.reply.bind(replies);
      const best: string[] = [];
      replies.reply = async (request) => {
        const made = await reply(request);
        if (made.kind === "ballot") best.push(made.instead.text);
        return made;
      };
      const sent: string[] = [];
      refuseBallots(MISSING_PERMISSIONS);
      for (let round = 0; best.length < 8; round++) {
        const asked = best.length;
        const [answer] = await running.discord.answersTo(say(`How do I sleep? ${round}`));
        expect(isBallot(answer!)).toBe(false);
        if (best.length > asked) sent.push(answer!.content);
        await running.bot.idle();
      }
      expect(sent).toEqual(best);
      expect(recording.events.filter(({ level }) => level >= ERROR)).toEqual([]);
    });

    it("that can't be posted costs no question, no gap and no budget", async () => {
      const before = await askForBallot(running, channel, member);
      running.discord.press(member, channel, before, "A");
      await waitFor(() => !isBallot(before) || undefined, "the vote");
      await running.bot.idle();
      const paid = await record();
      const spent = budget();
      refuseBallots(AUTOMOD);
      const refused = () => recording.events.some(({ event }) => event === "ballot.forbidden");
      let answers = 0;
      for (; !refused(); answers++) {
        await running.discord.answersTo(say(`And now? ${answers}`));
        await running.bot.idle();
      }
      expect(await record()).toEqual({ ...paid, since: paid!.since + answers });
      expect(budget()).toEqual(spent);
    });

    it("that can't be stored is an answer all the same, with a nonce of its own", async () => {
      const { ballots } = running.test.services;
      const post = ballots.post.bind(ballots);
      ballots.post = async (...given) => {
        ballots.post = post;
        await running.test.services.consents.refuse(given[0].member);
        return post(...given);
      };
      const message = say("And now?");
      const answered = () =>
        running.discord
          .sentTo(channel)
          .find((one) => one.repliesTo === message.id && !isBallot(one));
      expect((await waitFor(answered, "the answer")).content).not.toMatch(/wrong/);
    });

    it("is a ballot if nothing is refused", async () => {
      const ballot = await askForBallot(running, channel, member);
      expect(textsOf(ballot)[0]).not.toBe(textsOf(ballot)[1]);
    });
  });
});
