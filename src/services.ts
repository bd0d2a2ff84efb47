/** Puts the services together; the bot and the playground run the same ones. */
import type { RandomGenerator } from "../models/algebra/random.js";
import type { Compute } from "../workers/compute.js";
import type { Ballots } from "./ballots/ballots.js";
import type { Questions } from "./ballots/questions.js";
import type { ReplyNotes } from "./ballots/reply-notes.js";
import type { Votes } from "./ballots/votes.js";
import { createAnswering } from "./composition/create-answering.js";
import { createEngine } from "./composition/create-engine.js";
import { createRetraining } from "./composition/create-retraining.js";
import { createVoting } from "./composition/create-voting.js";
import type { ServicesOptions } from "./composition/services-options.js";
import type { Config } from "./config.js";
import type { ChatServer } from "./conversation/model-server/chat-server.js";
import type { ReplyPolicy } from "./conversation/reply-policy.js";
import type { Departures } from "./guilds/departures.js";
import { GuildSettings } from "./guilds/guild-settings.js";
import { Cooldown } from "./limits/cooldown.js";
import type { Limits } from "./limits/limits.js";
import { ReportTurns } from "./limits/report-turns.js";
import type { Usage } from "./limits/usage.js";
import type { Calibrations } from "./members/calibration/calibrations.js";
import type { DeckLibrary } from "./members/calibration/deck-library.js";
import type { Consents } from "./members/consents.js";
import type { MemberData } from "./members/member-data.js";
import type { Nudges } from "./members/nudges.js";
import type { ProfileCards } from "./members/profile-cards.js";
import type { Profiles } from "./members/profiles.js";
import type { ServerMeans } from "./members/server-means.js";
import type { Metrics } from "./observability/metrics.js";
import type { Clock } from "./shared/clock.js";
import type { Store } from "./store/store.js";
import type { ModelLibrary } from "./training/model-library.js";
import type { Retraining } from "./training/retraining.js";

const MINUTE_MS = 60 * 1000;

export interface Services {
  readonly store: Store;
  readonly compute: Compute;
  readonly models: ModelLibrary;
  readonly profiles: Profiles;
  readonly serverMeans: ServerMeans;
  readonly consents: Consents;
  readonly questions: Questions;
  readonly decks: DeckLibrary;
  readonly calibrations: Calibrations;
  readonly profileCards: ProfileCards;
  readonly nudges: Nudges;
  readonly memberData: MemberData;
  readonly replyNotes: ReplyNotes;
  readonly departures: Departures;
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly replies: ReplyPolicy;
  readonly retraining: Retraining;
  /** When the next retraining by hand may start. */
  readonly retrainTurns: Cooldown;
  readonly reportTurns: ReportTurns;
  readonly limits: Limits;
  readonly random: RandomGenerator;
  readonly config: Config;
  readonly guildSettings: GuildSettings;
  readonly usage: Usage;
  /** Undefined where the deck answers. */
  readonly chatServer: ChatServer | undefined;
  readonly inHand: () => number;
  readonly languageModel: string;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Ends the threads and closes the store. */
  close(): Promise<void>;
}

export type { ServicesOptions };

/** Opens the store, starts the worker pools and builds every service on top. Throws `StoreError`. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const { config, clock } = options;
  const engine = await createEngine(options);
  const voting = createVoting(options, engine);
  await voting.checkEncryption();
  return {
    ...engine,
    ...voting,
    ...{ config, clock, languageModel: config.openai?.model ?? "none (the deck)" },
    replies: createAnswering(options, engine, voting),
    retraining: createRetraining(options, engine, voting),
    retrainTurns: new Cooldown(config.limits.retrainMinutes * MINUTE_MS, clock),
    reportTurns: new ReportTurns(clock),
    guildSettings: new GuildSettings(engine.store.settings),
  };
}
