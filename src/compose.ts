/**
 * The one place that builds the product's parts and hands them to each other, from the ground up: what
 * each role needs. The bot and the playground run the same ones. Knows no Discord.
 */
import { composeReplies } from "./compose/answers.js";
import { composeEngine } from "./compose/engine.js";
import { composeHousekeeping } from "./compose/housekeeping.js";
import { composeJobs } from "./compose/jobs.js";
import { composeMembers } from "./compose/members.js";
import { MINUTE_MS, type ServicesOptions } from "./compose/options.js";
import { GuildSettings } from "./guilds/guild-settings.js";
import { MessageClaims } from "./guilds/message-claims.js";
import { OwnShards } from "./guilds/shards.js";
import { ReportTurns } from "./limits/report-turns.js";
import { StoredTurn } from "./limits/stored-turn.js";
import { Updates } from "./observability/updates.js";
import { isPostgresUrl } from "./shared/environment/store-url.js";

export type { ServicesOptions } from "./compose/options.js";

/** Everything that the bot and the playground call. Whoever needs some of it names what. */
export type Services = Awaited<ReturnType<typeof createServices>>;

/** What learns and tidies up, and answers nobody. */
export type TrainerServices = Awaited<ReturnType<typeof createTrainerServices>>;

/** Opens the store, starts the worker pools and builds every service on top. Throws `StoreError`. */
export async function createServices(options: ServicesOptions) {
  const { config, clock, log } = options;
  const engine = await composeEngine(options);
  const housekeeping = await composeHousekeeping(options, engine);
  const members = composeMembers(options, engine, housekeeping);
  const replies = composeReplies(options, engine, members);
  const { retraining, jobs, end } = composeJobs(options, engine, housekeeping);
  return {
    ...engine,
    ...housekeeping,
    ...members,
    config,
    clock,
    close: async () => {
      await Promise.all([members.steering.settled(), replies.settled()]);
      await end();
      await engine.close();
    },
    replies,
    retraining,
    jobs,
    /** When the next retraining by hand may start: one for all servers, since it acts on all. */
    retrainTurn: new StoredTurn({
      store: engine.store,
      key: "retrain",
      gapMs: config.limits.retrainMinutes * MINUTE_MS,
      clock,
    }),
    reportTurns: new ReportTurns(clock),
    guildSettings: new GuildSettings(engine.store, config.openai?.otherModels),
    /** Undefined where no other process can see a message. */
    messageClaims: isPostgresUrl(config.storeUrl)
      ? new MessageClaims(engine.store, clock)
      : undefined,
    /** Of this process; none before the bot has logged in. */
    shards: new OwnShards(),
    updates: new Updates({ url: config.updateUrl, log }),
  };
}

/** The same for a process that serves nobody. Throws `StoreError`. */
export async function createTrainerServices(options: ServicesOptions) {
  const { config, clock, log } = options;
  const engine = await composeEngine(options);
  const housekeeping = await composeHousekeeping(options, engine);
  const { jobs, end } = composeJobs(options, engine, housekeeping);
  return {
    ...engine,
    config,
    clock,
    jobs,
    updates: new Updates({ url: config.updateUrl, log }),
    close: async () => {
      await end();
      await engine.close();
    },
  };
}
