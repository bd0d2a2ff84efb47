import { MessageFlags } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import type { Clock } from "../../src/shared/time.js";
import { startScene } from "../fixtures.js";
import { messageEvent } from "../support/loopback-discord/routes.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import type { createRecordingLog } from "../support/recording-log.js";
import type { RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const ERROR = 50;

describe("when the gateway goes wrong", () => {
  let running: RunningBot;
  let recording: ReturnType<typeof createRecordingLog>;
  let channel: Channel;
  let member: User;
  const start = async (
    beforeStart: (bot: RunningBot["discord"]) => void = () => undefined,
    clock: Clock = Date.now,
    environment: NodeJS.ProcessEnv = {},
  ) => {
    const options = { beforeStart, clock, environment };
    ({ running, channel, member, recording } = await startScene(options));
  };
  afterEach(async () => {
    await running.close();
    expect(recording.events.filter(({ level }) => level >= ERROR)).toEqual([]);
  });

  const say = () => running.discord.say(member, channel, "!plain Hello?", { mentionBot: true });
  const isResumed = (times = 1) =>
    waitFor(() => running.discord.gateway.resumed >= times || undefined, "the resumed session");

  async function isAnsweredOnce(message: StoredMessage): Promise<void> {
    await running.discord.answersTo(message);
    // Whatever came twice would be answered before this.
    const last = say();
    await running.discord.answersTo(last);
    expect(await running.discord.answersTo(message)).toHaveLength(1);
  }

  it("what was said while the connection was broken is answered, once", async () => {
    await start();
    running.discord.gateway.dropConnections();
    const messages = [say(), say()];
    await isResumed();
    for (const message of messages) await isAnsweredOnce(message);
  });

  it("a connection that Discord asks to renew goes on where it was", async () => {
    await start();
    running.discord.gateway.requestReconnect();
    const message = say();
    await isResumed();
    await isAnsweredOnce(message);
  });

  it("a session that is invalid for a moment is resumed", async () => {
    await start();
    running.discord.gateway.invalidateSessions(true);
    await isResumed();
    await isAnsweredOnce(say());
  });

  it("a session that is invalid for good is followed by a new one, which knows the servers it left", async () => {
    await start();
    const { discord, test } = running;
    const { guild } = discord.createGuild("left behind");
    await test.services.guildSettings.change(guild.id, {});
    discord.world.removeGuild(guild.id);
    discord.gateway.invalidateSessions(false);
    await waitFor(() => discord.gateway.intents.length > 1 || undefined, "the new session");
    await isAnsweredOnce(say());
    const { departures } = test.services.store;
    await waitFor(() => departures.get(guild.id), "the departure to be noticed");
  });

  it("what was said between two sessions is answered once, and so is what was said before", async () => {
    await start();
    const { discord } = running;
    const thread = discord.world.addThread(channel, "thread");
    const direct = discord.directChannel(member);
    const hello = discord.say(member, direct, "!plain Hello?");
    const before = say();
    for (const message of [hello, before]) await isAnsweredOnce(message);
    discord.gateway.invalidateSessions(false);
    const missed = [
      say(),
      discord.say(member, thread, "!plain In here?", { mentionBot: true }),
      discord.say(member, direct, "!plain Are you there?"),
      say(),
    ];
    const chat = discord.say(member, channel, "This is not for the bot.");
    for (const message of [...missed, hello, before]) await isAnsweredOnce(message);
    expect(discord.sentTo(channel).filter(({ repliesTo }) => repliesTo === chat.id)).toEqual([]);
    const caughtUp = await waitFor(
      () => recording.events.find(({ event }) => event === "messages.caught-up"),
      "the line in the log",
    );
    expect(caughtUp).toMatchObject({ channels: 3, left: 0 });
  });

  it.each([
    ["a resumed session", () => running.discord.gateway.dropConnections()],
    ["a new session", () => running.discord.gateway.invalidateSessions(false)],
  ])(
    "all that one member has said in the meantime is answered after %s, as if it had come one by one",
    async (_, end) => {
      let late = 0;
      const clock = () => Date.now() + late;
      // As they are for a language model that takes one request at once.
      await start(undefined, clock, { REQUESTS_AT_ONCE: "1", QUEUE_LENGTH: "40" });
      const { discord } = running;
      await isAnsweredOnce(say());
      late = 60_000;
      end();
      const messages = Array.from({ length: 12 }, say);
      for (const message of messages) {
        const [answer] = await discord.answersTo(message);
        expect(answer!.flags & MessageFlags.SuppressEmbeds).not.toBe(0);
      }
      expect(recording.events.filter(({ event }) => event === "reply.refused")).toEqual([]);
      for (const message of messages) expect(await discord.answersTo(message)).toHaveLength(1);
    },
  );

  it("what was said long before the new session is not answered any more", async () => {
    let late = 0;
    const clock = () => Date.now() + late;
    await start(undefined, clock);
    const { discord } = running;
    await isAnsweredOnce(say());
    discord.gateway.invalidateSessions(false);
    const missed = say();
    late = 6 * 60_000;
    await waitFor(() => discord.gateway.intents.length > 1 || undefined, "the new session");
    await isAnsweredOnce(say());
    expect(discord.sentTo(channel).some(({ repliesTo }) => repliesTo === missed.id)).toBe(false);
  });

  it("what somebody said before they had everything deleted is not answered any more", async () => {
    let late = 0;
    const clock = () => Date.now() + late;
    await start(undefined, clock);
    const { discord, test } = running;
    await isAnsweredOnce(say());
    late = 60_000;
    await test.services.memberData.delete(member.id, "everywhere");
    late = 0;
    discord.gateway.invalidateSessions(false);
    const forgotten = say();
    const other = discord.say(discord.world.addUser("other"), channel, "!plain Hello?", {
      mentionBot: true,
    });
    await waitFor(() => discord.gateway.intents.length > 1 || undefined, "the new session");
    await discord.answersTo(other);
    expect(discord.sentTo(channel).some(({ repliesTo }) => repliesTo === forgotten.id)).toBe(false);
    expect(await test.services.store.deletion.rowsOf(member.id)).toEqual([]);
  });

  it("a connection whose heartbeats nobody acknowledges is made anew", async () => {
    await start(({ gateway }) => {
      gateway.heartbeatIntervalMs = 300;
    });
    running.discord.gateway.acknowledgesHeartbeats = false;
    await isResumed();
    running.discord.gateway.acknowledgesHeartbeats = true;
    await isAnsweredOnce(say());
  });

  it("a message or a command that comes twice is answered once", async () => {
    await start();
    const { discord } = running;
    const message = say();
    discord.gateway.dispatch("MESSAGE_CREATE", messageEvent(message, discord.world));
    await isAnsweredOnce(message);
    // However much has been said since.
    for (let chat = 0; chat < 100; chat++) discord.say(member, channel, "chat");
    discord.gateway.dispatch("MESSAGE_CREATE", messageEvent(message, discord.world));
    await isAnsweredOnce(message);
    const dispatch = discord.gateway.dispatch.bind(discord.gateway);
    discord.gateway.dispatch = (...event) => {
      dispatch(...event);
      dispatch(...event);
    };
    const open = discord.interactions.command(member, channel, "privacy");
    discord.gateway.dispatch = dispatch;
    await discord.answered(open);
    await isAnsweredOnce(say());
    expect(discord.requests.filter(({ path }) => path.endsWith("callback"))).toHaveLength(1);
  });
});
