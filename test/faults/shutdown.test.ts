import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { speakerOf } from "../../src/language/say.js";
import { askForBallot, shows, textsOf } from "../support/asked-ballot.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { plantVotes } from "../support/planted-votes.js";
import { linesOf, type StartedBot, startStartedBot } from "../support/started-bot.js";
import { waitFor } from "../support/wait-for.js";

const RESTARTING = speakerOf("en")("messages.restarting");

const HANGING = { kind: "delay", ms: 600_000 } as const;
const PINO_ERROR = 50;
const PINO_FATAL = 60;

/** Throws from nowhere on demand, as a fault in a library would. */
const BOMB = "process.on('SIGUSR2', () => { throw new Error('out of nowhere') })";
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURI(BOMB)}`;

// Each has a bot of its own, and waits more than it computes.
describe.concurrent("a program that is told to end", () => {
  it("lets a member have the answer that is in the making, and ends with 0", () =>
    withBot(async ({ bot, asks }) => {
      bot.openai.fail({ kind: "delay", ms: 1_000 });
      const message = asks();
      await modelIsAsked(bot);
      bot.program.kill("SIGTERM");
      const [answer] = await bot.discord.answersTo(message);
      expect(await bot.program.ended).toBe(0);
      expect(answer!.content).not.toBe(RESTARTING);
      expect(errorsOf(bot)).toEqual([]);
    }));

  it("tells a member in one sentence if the language model hangs, and ends with 0", () =>
    withBot(async ({ bot, asks }) => {
      bot.openai.fail(HANGING);
      const message = asks();
      await modelIsAsked(bot);
      bot.program.kill("SIGTERM");
      await bot.logged("bot.stopping");
      const [refused] = await bot.discord.answersTo(asks("And me?"));
      expect(refused!.content).toBe(RESTARTING);
      expect(await bot.program.ended).toBe(0);
      const answers = await bot.discord.answersTo(message);
      expect(answers.map(({ content }) => content)).toEqual([RESTARTING]);
      expect(errorsOf(bot)).toEqual([]);
    }));

  it("ends with 0 if Discord makes it wait for minutes, and the next start shows the vote", () =>
    withBot(async ({ bot, asks, channel, member }) => {
      await bot.consent(channel, member);
      const ballot = await askForBallot(bot, channel, member);
      const [a] = textsOf(ballot);
      bot.discord.rest.faults.limit("PATCH", /messages/, 300);
      bot.discord.react(member, ballot, "🅰️");
      await bot.logged("vote.changed");
      bot.discord.rest.faults.limit("POST", /messages$/, 300);
      asks();
      const limited = () => bot.discord.requests.filter(({ status }) => status === 429).length;
      await waitFor(() => limited() >= 2 || undefined, "the limits");
      bot.program.kill("SIGTERM");
      expect(await bot.program.ended).toBe(0);
      expect(errorsOf(bot)).toEqual([]);
      await bot.start();
      await shows(ballot, a);
    }));

  it("breaks a training off, says so to whoever asked for it, and ends with 0", () =>
    withBot(
      async ({ bot, channel }) => {
        const owner = bot.discord.world.developer;
        const open = bot.discord.interactions.command(owner, channel, "retrain", "now");
        await bot.logged("retraining.started");
        bot.program.kill("SIGTERM");
        expect(await bot.program.ended).toBe(0);
        expect(open.answer!.content).toBe(RESTARTING);
        expect(linesOf(bot.program)).not.toContainEqual(
          expect.objectContaining({ event: "retraining.finished" }),
        );
        expect(errorsOf(bot)).toEqual([]);
      },
      async (folder) => {
        const url = `sqlite://${join(folder, "attune.sqlite")}`;
        await plantVotes(url, "900", 60, 60);
        return { STORE_URL: url };
      },
    ));

  it("ends at once with another code on a second signal", () =>
    withBot(async ({ bot, asks }) => {
      bot.openai.fail(HANGING);
      asks();
      await modelIsAsked(bot);
      bot.program.kill("SIGINT");
      await bot.logged("bot.stopping");
      bot.program.kill("SIGINT");
      expect(await bot.program.ended).toBe(130);
      expect(linesOf(bot.program).map(({ event }) => event)).toContain("process.stopped-at-once");
    }));

  it("ends in good order with 1 after an error that nobody caught, and loses nothing", () =>
    withBot(async ({ bot, channel, member }) => {
      await bot.consent(channel, member);
      const ballot = await askForBallot(bot, channel, member);
      bot.discord.react(member, ballot, "🅰️");
      await bot.logged("vote.changed");
      bot.program.kill("SIGUSR2");
      expect(await bot.program.ended).toBe(1);
      const crash = { event: "process.crashed", err: { message: "out of nowhere" } };
      expect(fatalOf(bot)).toMatchObject([crash]);
      await bot.start();
      const profile = await bot.discord.command(member, channel, "profile", "view");
      expect(profile.content).toMatch(/After 1 vote /);
    }));

  it("ends with 1 and says why when Discord closes the connection for good", () =>
    withBot(async ({ bot }) => {
      bot.discord.gateway.closeConnections(4004);
      expect(await bot.program.ended).toBe(1);
      expect(fatalOf(bot)).toMatchObject([{ event: "discord.closed", code: 4004 }]);
      expect(String(fatalOf(bot)[0]!.hint)).toMatch(/DISCORD_TOKEN/);
    }));

  it("ends with 1 when Discord has stopped taking its token for requests", () =>
    withBot(async ({ bot, asks }) => {
      bot.discord.rest.fail("POST", /messages$/, 401);
      asks();
      expect(await bot.program.ended).toBe(1);
      expect(fatalOf(bot)).toMatchObject([{ event: "discord.closed" }]);
    }));
});

interface Scene {
  readonly bot: StartedBot;
  readonly channel: Channel;
  readonly member: User;
  asks(text?: string): StoredMessage;
}

/** `prepare` sets up the folder before the bot starts, and returns settings. */
async function withBot(
  action: (scene: Scene) => Promise<void>,
  prepare: (folder: string) => Promise<NodeJS.ProcessEnv> = async () => ({}),
): Promise<void> {
  const bot = await startStartedBot({ NODE_OPTIONS }, prepare);
  try {
    const { channel } = bot.discord.createGuild("lounge");
    const member = bot.discord.world.addUser("member");
    const asks = (text = "Hello?") => bot.discord.say(member, channel, text, { mentionBot: true });
    await action({ bot, channel, member, asks });
  } finally {
    await bot.close();
  }
}

const linesFrom = (bot: StartedBot, lowest: number) =>
  linesOf(bot.program).filter(({ level }) => (level as number) >= lowest);
const errorsOf = (bot: StartedBot) => linesFrom(bot, PINO_ERROR);
const fatalOf = (bot: StartedBot) => linesFrom(bot, PINO_FATAL);

function modelIsAsked({ openai }: StartedBot): Promise<true> {
  return waitFor(() => openai.requests.length > 0 || undefined, "the language model to be asked");
}
