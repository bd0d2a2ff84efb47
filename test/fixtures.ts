/** What most tests of the whole bot start with: a running bot, and a server with its members. */
import type { LoopbackDiscord } from "./support/loopback-discord/loopback-discord.js";
import type { Channel, Guild, User } from "./support/loopback-discord/world.js";
import { createRecordingLog } from "./support/recording-log.js";
import { type RunningBot, type RunningBotOptions, startRunningBot } from "./support/running-bot.js";

export interface Scene {
  readonly running: RunningBot;
  readonly discord: LoopbackDiscord;
  readonly guild: Guild;
  readonly channel: Channel;
  readonly member: User;
  readonly other: User;
  /** Has the permission Manage Server. */
  readonly admin: User;
  /** Everything that the bot and its services have logged. */
  readonly recording: ReturnType<typeof createRecordingLog>;
}

export interface SceneOptions extends Omit<RunningBotOptions, "log"> {
  /** Whether the member has said yes to both questions of consent; no if not given. */
  readonly consented?: boolean;
}

/** Starts a bot, which the test closes with `running.close()`. */
export async function startScene({
  consented = false,
  ...options
}: SceneOptions = {}): Promise<Scene> {
  const recording = createRecordingLog();
  const running = await startRunningBot({ ...options, log: recording.log });
  const { discord } = running;
  const { guild, channel } = discord.createGuild("lounge");
  const member = discord.world.addUser("member");
  const other = discord.world.addUser("other");
  const admin = discord.world.addUser("admin");
  discord.world.managers.add(admin.id);
  if (consented) await running.consent(channel, member);
  return { running, discord, guild, channel, member, other, admin, recording };
}
