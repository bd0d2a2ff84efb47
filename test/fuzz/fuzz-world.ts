/** The whole bot with two members who have profiles, open ballots and replies: what is fuzzed. */
import { KeyvSqlite } from "@keyv/sqlite";
import { Repository } from "../../src/store/repository.js";
import type { StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";
import type { Snapshot } from "./rules.js";

const EVERY_REQUEST = [1_000_000_000, 1_000] as const;
const VOTES = 2;
/**
 * The longest timer that there is. The loopback asks for a heartbeat after each event, and the library takes a
 * connection for dead whose own heartbeat falls due meanwhile: the bot would reconnect again and again.
 */
const NO_HEARTBEAT_OF_ITS_OWN_MS = 2 ** 31 - 1;

export type FuzzWorld = Awaited<ReturnType<typeof startFuzzWorld>>;

export async function startFuzzWorld() {
  const running = await startRunningBot({
    discord: { rateLimit: EVERY_REQUEST },
    environment: { SYSTEM_PROMPT: "You are Sir Basil, keeper of the herb garden." },
    beforeStart: ({ gateway }) => {
      gateway.heartbeatIntervalMs = NO_HEARTBEAT_OF_ITS_OWN_MS;
    },
  });
  const { discord } = running;
  // A connection of its own: only others' writes change the number.
  const watcher = new KeyvSqlite({ uri: running.test.config.storeUrl, table: "watched" });
  const { channel, guild } = discord.createGuild("garden");
  const other = discord.createChannel(guild.id, "shed");
  const attacker = discord.world.addUser("attacker");
  const victim = discord.world.addUser("victim");
  const stranger = discord.world.addUser("stranger");
  const manager = discord.world.addUser("manager");
  discord.world.managers.add(manager.id);
  await running.consent(channel, attacker, victim);
  const ballots = new Map<string, StoredMessage>();
  for (const user of [attacker, victim]) {
    for (let vote = 0; vote < VOTES; vote++) {
      discord.press(user, channel, await untilBallot(user), "A");
      await running.bot.idle();
    }
    await discord.command(user, channel, "profile", "calibrate");
    ballots.set(user.id, await untilBallot(user));
  }
  const users: readonly User[] = [attacker, victim, stranger, manager];
  const direct = discord.directChannel(attacker);
  await discord.answersTo(discord.say(attacker, direct, "Hello"));
  await running.bot.idle();
  const kept = new Set(discord.world.messages.keys());
  return {
    running,
    discord,
    guild,
    channel,
    other,
    direct,
    attacker,
    victim,
    users,
    ballots,
    /** Ids that are worth trying in every place. */
    ids: [
      ...[guild, channel, other, direct, attacker, victim, manager].map(({ id }) => id),
      ...[...ballots.values()].map(({ id }) => id),
      discord.world.bot.id,
      `${guild.id}:${victim.id}`,
    ],
    /** Forgets what has happened since the start, as far as it is the test's own record. */
    tidy(): void {
      discord.requests.length = 0;
      running.openai.requests.length = 0;
      discord.gateway.forgetEvents();
      for (const id of discord.world.messages.keys()) {
        if (!kept.has(id)) discord.world.messages.delete(id);
      }
    },
    snapshot: () => snapshotOf(running),
    /** A number that changes with every write to the store's file. */
    async writes(): Promise<number> {
      const [row] = (await watcher.query("PRAGMA data_version")) as { data_version: number }[];
      return row!.data_version;
    },
    async close(): Promise<void> {
      await watcher.disconnect();
      await running.close();
    },
    restore: (wanted: Snapshot, now?: Snapshot) => restore(running, wanted, now),
  };

  async function untilBallot(user: User): Promise<StoredMessage> {
    for (let round = 0; ; round++) {
      const message = discord.say(user, channel, `How do I cook rice? ${round}`, {
        mentionBot: true,
      });
      const [answer] = await discord.answersTo(message);
      await running.bot.idle();
      if (isBallot(answer!)) return answer!;
    }
  }
}

type Kept = Repository<unknown>;

/** The store's namespaces by name. */
export function namespacesOf(running: RunningBot): Map<string, Kept> {
  const all: [string, unknown][] = Object.entries(running.test.services.store);
  return new Map(all.filter((named): named is [string, Kept] => named[1] instanceof Repository));
}

async function snapshotOf(running: RunningBot): Promise<Snapshot> {
  const records = new Map<string, string>();
  const namespaces = [...namespacesOf(running)].map(async ([name, repository]) => {
    for await (const [key, value] of repository.entries()) {
      records.set(`${name} ${key}`, JSON.stringify(value));
    }
  });
  await Promise.all(namespaces);
  return records;
}

/** Makes the store hold `wanted` again and nothing else. */
async function restore(running: RunningBot, wanted: Snapshot, known?: Snapshot): Promise<void> {
  const namespaces = namespacesOf(running);
  const now = known ?? (await snapshotOf(running));
  for (const place of new Set([...now.keys(), ...wanted.keys()])) {
    const value = wanted.get(place);
    if (value === now.get(place)) continue;
    const [name = "", ...key] = place.split(" ");
    const repository = namespaces.get(name)!;
    if (value === undefined) await repository.delete(key.join(" "));
    else await repository.set(key.join(" "), JSON.parse(value));
  }
}

/** Whether the bot still answers: somebody asks, and waits. */
export async function answers({ discord, channel }: FuzzWorld): Promise<boolean> {
  const message = discord.say(discord.world.addUser("visitor"), channel, "Are you there?", {
    mentionBot: true,
  });
  return waitFor(
    () =>
      discord.world.messagesIn(channel.id).some(({ repliesTo }) => repliesTo === message.id) ||
      undefined,
    "an answer",
    5_000,
  ).catch(() => false);
}
