/** What the dispatcher passes to commands and components. Each handler names the few that it calls. */
import type { Services } from "../../compose.js";
import type { Log } from "../../shared/log.js";
import type { AnotherAnswers } from "../another/another-answers.js";
import type { AskingService } from "../asking/asking.js";
import type { PostedElsewhere } from "../ballots/posted-elsewhere.js";
import type { BallotPosting } from "../ballots/posting.js";
import type { BallotDisplay } from "../ballots/showing.js";
import type { Conversations } from "../messages/conversations.js";
import type { Speech } from "../messages/speech.js";
import type { Owners } from "./owners.js";

export type CommandServices = ReturnType<typeof commandServices>;

/** The parts of Discord's side that commands call as well. */
interface DiscordParts {
  readonly another: AnotherAnswers;
  readonly asking: AskingService;
  readonly posting: BallotPosting;
  readonly elsewhere: PostedElsewhere;
  readonly display: BallotDisplay;
  readonly owners: Owners;
  readonly conversations: Conversations;
  readonly speech: Speech;
  readonly log: Log;
}

export function commandServices(services: Services, parts: DiscordParts) {
  return {
    another: parts.another,
    asking: parts.asking,
    ballots: services.ballots,
    calibrations: services.calibrations,
    clock: services.clock,
    config: services.config,
    consents: services.consents,
    doses: services.doses,
    guildSettings: services.guildSettings,
    inHand: services.inHand,
    jobs: services.jobs,
    languageModel: services.languageModel,
    limits: services.limits,
    metrics: services.metrics,
    memberData: services.memberData,
    models: services.models,
    nudges: services.nudges,
    profileCards: services.profileCards,
    profiles: services.profiles,
    replies: services.replies,
    replyNotes: services.replyNotes,
    reportTurns: services.reportTurns,
    retrainTurn: services.retrainTurn,
    shards: services.shards,
    store: services.store,
    updates: services.updates,
    usage: services.usage,
    votes: services.votes,
    posting: parts.posting,
    elsewhere: parts.elsewhere,
    display: parts.display,
    owners: parts.owners,
    conversations: parts.conversations,
    speech: parts.speech,
    log: parts.log,
  };
}
