/** Builds what answers by interactions out of the services. */
import type { Client } from "discord.js";
import type { Services } from "../../compose.js";
import type { Log } from "../../shared/log.js";
import type { BallotDisplay } from "../ballots/showing.js";
import type { EnclosureReader } from "../enclosures/enclosure-reader.js";
import type { Owners } from "../interactions/owners.js";
import { AskedBallots } from "./asked-ballots.js";
import { AskingService } from "./asking.js";
import { PersonalUse } from "./personal-use.js";
import { Remembered } from "./remembered.js";

/** What is there before any answer can be shown. */
export interface Asked {
  readonly remembered: Remembered;
  readonly askedBallots: AskedBallots;
}

export interface AskedParts {
  readonly services: Services;
  readonly work: (task: Promise<void>) => void;
  readonly closing: AbortSignal;
  readonly lapseMs?: number | undefined;
  readonly log: Log;
}

export function createAsked({ services, work, closing, lapseMs, log }: AskedParts): Asked {
  const { ballots, clock, consents, limits, memberData, questions, votes } = services;
  const remembered = new Remembered(clock);
  memberData.onDeletion((memberId) => remembered.forget(memberId));
  const askedBallots = new AskedBallots({
    ballots,
    votes,
    questions,
    consents,
    limits,
    remembered,
    work,
    closing,
    lapseMs,
    log,
  });
  return { remembered, askedBallots };
}

export interface PersonalUseOptions {
  readonly client: Client;
  readonly services: Services;
  readonly owners: Owners;
  readonly log: Log;
}

export function createPersonalUse({ services, ...parts }: PersonalUseOptions): PersonalUse {
  const { clock, config, memberData, shards } = services;
  return new PersonalUse({
    ...parts,
    shards,
    setting: config.userInstall,
    placesOf: (memberId) => memberData.placesOf(memberId),
    clock,
  });
}

export interface AskingOptions {
  readonly services: Services;
  readonly asked: Asked;
  readonly display: Pick<BallotDisplay, "lapse">;
  readonly enclosures: Pick<EnclosureReader, "read">;
  readonly personalUse: PersonalUse;
  readonly stopping: AbortSignal;
  readonly log: Log;
}

export function createAsking(options: AskingOptions): AskingService {
  const { asked, display, enclosures, log, personalUse, services, stopping } = options;
  const { replies, consents, replyNotes, guildSettings, limits, metrics } = services;
  return new AskingService({
    replies,
    consents,
    replyNotes,
    guildSettings,
    limits,
    metrics,
    display,
    enclosures,
    ...asked,
    personalUse,
    stopping,
    log,
  });
}
