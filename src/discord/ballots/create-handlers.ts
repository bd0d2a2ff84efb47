/** Builds what posts, shows and counts ballots out of the services. */
import type { Client } from "discord.js";
import type { Services } from "../../compose.js";
import type { Log } from "../../shared/log.js";
import { type Asked, createAsked } from "../asking/create-asking.js";
import type { Speech } from "../messages/speech.js";
import { CatchUp } from "./catching-up.js";
import { PlainAnswers } from "./plain-answers.js";
import { PostedElsewhere } from "./posted-elsewhere.js";
import { BallotPosting } from "./posting.js";
import { createReactionQueue } from "./reacting.js";
import type { ReactionQueue } from "./reaction-queue.js";
import { BallotDisplay } from "./showing.js";
import { SuperReactions } from "./standing-choices.js";

export interface BallotHandlers {
  readonly posting: BallotPosting;
  readonly elsewhere: PostedElsewhere;
  readonly plainAnswers: PlainAnswers;
  readonly display: BallotDisplay;
  readonly catchUp: CatchUp;
  readonly reactions: ReactionQueue;
  readonly asked: Asked;
}

export interface BallotHandlersParts {
  readonly client: Client;
  readonly services: Services;
  readonly speech: Speech;
  /** Called with everything that nobody waits for. */
  readonly work: (task: Promise<unknown>) => void;
  readonly closing: AbortSignal;
  readonly lapseMs?: number | undefined;
  readonly log: Log;
}

export function createBallotHandlers(parts: BallotHandlersParts): BallotHandlers {
  const { client, services, speech, work, closing, log } = parts;
  const { ballots, votes, questions, limits, clock } = services;
  // Without claims on messages no other process can be there.
  const isShared = services.messageClaims !== undefined;
  const asked = createAsked(parts);
  const superReactions = new SuperReactions();
  const posting = new BallotPosting({ ballots, votes, questions, limits, work, log });
  const elsewhere = new PostedElsewhere({ ballots, isShared, clock, closing });
  const plainAnswers = new PlainAnswers();
  const display = new BallotDisplay({
    client,
    ballots,
    votes,
    asked: asked.askedBallots,
    speech,
    work,
    log,
  });
  const catchUp = new CatchUp({
    client,
    shards: services.shards,
    ballots,
    votes,
    posting,
    display,
    superReactions,
    isShared,
    clock,
    closing,
    work,
    log,
  });
  const reactions = createReactionQueue({
    ballots,
    votes,
    posting,
    elsewhere,
    plainAnswers,
    display,
    catchUp,
    superReactions,
    work,
    log,
  });
  return { posting, elsewhere, plainAnswers, display, catchUp, reactions, asked };
}
