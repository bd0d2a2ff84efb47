import { describe, expect, it } from "vitest";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import { plantVotes } from "../support/planted-votes.js";
import {
  logged,
  type SeveralProcesses,
  withSeveralProcesses,
} from "../support/several-processes.js";
import { linesOf } from "../support/started-bot.js";
import type { StartedProcess } from "../support/started-process.js";
import { waitFor } from "../support/wait-for.js";

const GUILD = "900";

// Each has processes of its own, and waits more than it computes.
describe.concurrent("several processes over one database", { timeout: 600_000 }, () => {
  it("two bots and a trainer walk the whole loop together", () =>
    withSeveralProcesses(async (several) => {
      const { discord, database } = several;
      await plantVotes(database.url, GUILD, 30, 30);
      const channels = [0, 1].map(
        (shard) => discord.createGuild(`server ${shard}`, [shard, 2]).channel,
      );
      const [first, second] = await Promise.all([
        several.startBot({ SHARDS: "0", SHARD_COUNT: "2" }),
        several.startBot({ SHARDS: "1", SHARD_COUNT: "2" }),
        several.startTrainer(),
      ]);
      const members = channels.map((_, at) => discord.world.addUser(`member ${at}`));
      for (const [at, channel] of channels.entries()) {
        await several.consent(channel, members[at]!);
        await vote(discord, channel, members[at]!);
      }
      const report = await retrain(discord, channels[1]!);
      expect(report).toMatch(/They answer from now on, as version/);
      const [version] = /[0-9A-Z]{26}/.exec(report)!;
      for (const bot of [first, second]) {
        expect(await logged(bot, "models.switched")).toMatchObject({ version });
        expect(linesOf(bot).map(({ event }) => event)).not.toContain("retraining.started");
      }
      const versions = () =>
        database.query<{ value: string }>("SELECT value FROM attune WHERE key LIKE 'profile:%'");
      await waitFor(async () => {
        const rows = await versions();
        expect(rows).toHaveLength(members.length);
        return rows.every(({ value }) => String(value).includes(version)) || undefined;
      }, "the refits");
      for (const [at, channel] of channels.entries()) {
        await vote(discord, channel, members[at]!);
        const profile = await discord.command(members[at]!, channel, "profile", "view");
        expect(profile.content).toMatch(/After 2 votes/);
      }
      const status = await discord.command(
        discord.world.developer,
        channels[0]!,
        "retrain",
        "status",
      );
      expect(status.content).toContain(version);
      expect(status.content).toMatch(/The last training:/);

      // Asked of one process, about what the other one has stored as well.
      const [leaving] = members;
      const question = await discord.command(leaving!, channels[1]!, "profile", "delete");
      discord.press(leaving!, channels[1]!, question, "Delete everything");
      const about = "SELECT key FROM attune WHERE key LIKE $1 OR value LIKE $1";
      await waitFor(
        async () => (await database.query(about, [`%${leaving!.id}%`])).length === 0 || undefined,
        "the deletion",
      );
      const left = await discord.command(leaving!, channels[0]!, "profile", "view");
      expect(left.content).not.toMatch(/After \d+ votes/);
    }));

  it("a training is taken over from a trainer that stops, whose own is refused when it comes back", () =>
    withSeveralProcesses(async (several) => {
      const { discord, database } = several;
      const { channel, trainers } = await startTrainers(several, 40, 20);
      const answer = retrain(discord, channel);
      const paused = await whoTrains(trainers);
      paused.kill("SIGSTOP");
      await logged(trainers.find((one) => one !== paused)!, "retraining.finished");
      expect(await answer).toMatch(/They answer from now on/);
      paused.kill("SIGCONT");
      await logged(paused, "retraining.refused");
      expect(linesOf(paused).map(({ event }) => event)).not.toContain("retraining.finished");
      const count = "SELECT count(*)::int AS models FROM attune WHERE key LIKE 'model:%'";
      expect(await database.query(count)).toEqual([{ models: 1 }]);
    }));

  it("a training is taken over from a trainer that is killed, and never done by two at once", () =>
    withSeveralProcesses(async (several) => {
      const { discord } = several;
      const { channel, trainers } = await startTrainers(several, 24, 12);
      const answer = retrain(discord, channel);
      const killed = await whoTrains(trainers);
      const second = await discord.command(discord.world.developer, channel, "retrain", "now");
      await waitFor(() => /already running/.test(second.content) || undefined, "the refusal");
      const left = trainers.find((one) => one !== killed)!;
      expect(linesOf(left).map(({ event }) => event)).not.toContain("retraining.started");
      killed.kill("SIGKILL");
      await logged(left, "retraining.finished");
      expect(await answer).toMatch(/Learned from 288 votes of 24 members/);
    }));
});

/** The first of `trainers` that begins a training. */
function whoTrains(trainers: readonly StartedProcess[]): Promise<StartedProcess> {
  const started = (line: Record<string, unknown>) => line.event === "retraining.started";
  return waitFor(() => trainers.find((one) => linesOf(one).some(started)), "a training");
}

async function startTrainers(several: SeveralProcesses, members: number, votesEach: number) {
  const { discord, database } = several;
  await plantVotes(database.url, GUILD, members, votesEach);
  const { channel } = discord.createGuild("lounge");
  const [, ...trainers] = await Promise.all([
    several.startBot(),
    several.startTrainer(),
    several.startTrainer(),
  ]);
  return { channel, trainers };
}

async function vote(discord: LoopbackDiscord, channel: Channel, member: User) {
  const question = discord.say(member, channel, "How do I feed a hedgehog?", {
    mentionBot: true,
  });
  const [ballot] = await discord.answersTo(question);
  discord.react(member, ballot!, "🅰️");
  await waitFor(() => ballot!.embeds.length < 2 || undefined, "the vote");
}

/** What the owner is told in the end. */
async function retrain(discord: LoopbackDiscord, channel: Channel): Promise<string> {
  const answer = await discord.command(discord.world.developer, channel, "retrain", "now");
  await waitFor(
    () => (answer.content !== "" && !/[█░]/.test(answer.content)) || undefined,
    "the end of the training",
  );
  return answer.content;
}
