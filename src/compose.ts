/**
 * The one place that builds the product's parts and hands them to each other, from the ground up; the
 * bot and the playground run the same ones. Knows no Discord.
 */
import { composeReplies } from "./compose/answers.js";
import { composeEngine } from "./compose/engine.js";
import { composeHousekeeping } from "./compose/housekeeping.js";
import { composeRetraining } from "./compose/learning.js";
import { composeMembers } from "./compose/members.js";
import { MINUTE_MS, type ServicesOptions } from "./compose/options.js";
import { GuildSettings } from "./guilds/guild-settings.js";
import { OwnShards } from "./guilds/shards.js";
import { Cooldown } from "./limits/cooldown.js";
import { ReportTurns } from "./limits/report-turns.js";
import { refitStale } from "./members/stale-refits.js";
import { Updates } from "./observability/updates.js";
import { LocalJobs } from "./training/jobs/local-jobs.js";
import { refitHere } from "./training/refits.js";

export type { ServicesOptions } from "./compose/options.js";

/** Everything that the bot and the playground call. Whoever needs some of it names what. */
export type Services = Awaited<ReturnType<typeof createServices>>;

/** Opens the store, starts the worker pools and builds every service on top. Throws `StoreError`. */
export async function createServices(options: ServicesOptions) {
  const { config, scope, clock, log } = options;
  const engine = await composeEngine(options);
  const housekeeping = await composeHousekeeping(options, engine);
  const members = composeMembers(options, engine, housekeeping);
  const { store, models, profiles } = engine;
  const retraining = composeRetraining(options, engine, refitHere({ store, profiles, scope, log }));
  const refits = refitStale({ store, models, profiles, accepts: scope.accepts, log });
  const parts = { ...engine, ...housekeeping, clock, log };
  return {
    ...engine,
    ...housekeeping,
    ...members,
    config,
    clock,
    close: async () => {
      await members.steering.settled();
      await refits.stop();
      await engine.close();
    },
    replies: composeReplies(options, engine, members),
    retraining,
    jobs: new LocalJobs({ ...parts, retraining, retrainCron: config.retrainCron }),
    /** When the next retraining by hand may start. */
    retrainTurns: new Cooldown(config.limits.retrainMinutes * MINUTE_MS, clock),
    reportTurns: new ReportTurns(clock),
    guildSettings: new GuildSettings(store, config.openai?.otherModels),
    /** Of this process; none before the bot has logged in. */
    shards: new OwnShards(),
    updates: new Updates({ url: config.updateUrl, log }),
  };
}
