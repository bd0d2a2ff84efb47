import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { StoredMessage } from "../support/loopback-discord/world.js";
import {
  logged,
  type SeveralProcesses,
  withSeveralProcesses,
} from "../support/several-processes.js";
import { linesOf } from "../support/started-bot.js";
import { waitFor } from "../support/wait-for.js";

const WITHOUT_LIMITS = {
  MESSAGES_PER_MINUTE: "off",
  MESSAGES_PER_DAY: "off",
  BALLOTS_PER_DAY: "off",
  TOKENS_PER_DAY: "off",
  QUESTIONS_PER_DAY: "0",
  QUEUE_LENGTH: "10000",
  REQUESTS_AT_ONCE: "100",
};

/** A bot whose member has said yes, and one that stands by, which is `ready` when it has taken over. */
async function startWithStandby(several: SeveralProcesses, environment: NodeJS.ProcessEnv = {}) {
  const { channel } = several.discord.createGuild("lounge");
  const member = several.discord.world.addUser("member");
  const bot = await several.startBot(environment);
  await several.consent(channel, member);
  const ready = several.startBot(environment);
  const standby = several.processes.at(-1)!;
  await logged(standby, "shards.standby");
  const say = (text: string) => several.discord.say(member, channel, text, { mentionBot: true });
  return { bot, standby, ready, say };
}

// Alone, as the program may take only some seconds to end.
it("is updated under messages: none is lost, and none is answered twice", () =>
  withSeveralProcesses(async (several) => {
    const { discord } = several;
    const { bot: old, ready, say } = await startWithStandby(several, WITHOUT_LIMITS);
    const said: StoredMessage[] = [];
    let isOver = false;
    const speaking = (async () => {
      while (!isOver) {
        said.push(say(`Question ${said.length}?`));
        await sleep(150);
      }
    })();
    await waitFor(() => said.length > 10 || undefined, "some messages");
    old.kill("SIGTERM");
    expect(await old.ended, old.output()).toBe(0);
    await ready;
    const atReady = said.length;
    await waitFor(() => said.length > atReady + 10 || undefined, "more messages");
    isOver = true;
    await speaking;
    for (const message of said) {
      const answers = await discord.answersTo(message);
      expect(answers.map(({ content }) => content)).toHaveLength(1);
      expect(answers[0]!.content).not.toMatch(/restarted/);
    }
  }));

// Each has processes of its own, and waits more than it computes.
describe.concurrent("a bot of several processes", { timeout: 600_000 }, () => {
  it("goes on in the process that stands by when the other one is killed, also with what was said meanwhile", () =>
    withSeveralProcesses(async (several) => {
      const { discord } = several;
      const { bot, standby, ready, say } = await startWithStandby(several);
      expect(linesOf(standby).map(({ event }) => event)).not.toContain("bot.ready");
      bot.kill("SIGKILL");
      await bot.ended;
      const message = say("Are you there?");
      await ready;
      expect(await discord.answersTo(message)).toHaveLength(1);
    }));

  it("leaves a process that has slept for long, which answers nothing of what has piled up", () =>
    withSeveralProcesses(async (several) => {
      const { discord, database } = several;
      const { bot: sleeper, ready, say } = await startWithStandby(several);
      sleeper.kill("SIGSTOP");
      const asleep = `SELECT 1 FROM pg_stat_activity WHERE application_name = 'attune locks'
        AND datname = current_database() AND now() - state_change > interval '16 seconds'`;
      await waitFor(async () => (await database.query(asleep))[0], "a long sleep");
      const message = say("Are you asleep?");
      sleeper.kill("SIGCONT");
      await logged(sleeper, "shards.lost");
      await ready;
      expect(await discord.answersTo(message)).toHaveLength(1);
      expect(linesOf(sleeper).filter(({ event }) => event === "bot.ready")).toHaveLength(1);
    }));

  it("leaves Discord when it has lost its shards, and comes back with what was said meanwhile", () =>
    withSeveralProcesses(async (several) => {
      const { discord, database } = several;
      const { channel } = discord.createGuild("lounge");
      const member = discord.world.addUser("member");
      const bot = await several.startBot();
      await several.consent(channel, member);
      const seen = linesOf(bot).length;
      const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'attune locks' AND datname = current_database()`;
      expect(await database.query(sql)).toHaveLength(1);
      await logged(bot, "shards.lost", seen);
      const message = discord.say(member, channel, "Are you there?", { mentionBot: true });
      await logged(bot, "bot.ready", seen);
      expect(await discord.answersTo(message)).toHaveLength(1);
    }));
});
