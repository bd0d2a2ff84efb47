/**
 * A member who asks, votes, changes their mind and takes votes back, and remembers what the bot has
 * acknowledged: a vote shown on the ballot's message, or a tap that was answered.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { RandomGenerator } from "../../models/algebra/random.js";
import { CHOICE_EMOJI } from "../../src/ballots/choices.js";
import { unfinished } from "../../src/discord/messages/waiting-mark.js";
import { speakerOf } from "../../src/language/say.js";
import type { Choice } from "../../src/store/records.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot } from "../support/running-bot.js";

const say = speakerOf("en");

/** Choices whose display tells them apart: a tie looks as A. */
const TOLD_APART = ["a", "b", "neither"] as const;
const POLL_MS = 3;

/** One ballot as its member knows it. */
export interface WatchedBallot {
  readonly message: StoredMessage;
  readonly voter: Voter;
  /** By which the member answers this one. */
  readonly by: "reaction" | "tap";
  /** The two answers. */
  readonly texts: readonly [string, string];
  /** The last vote that was acknowledged, undefined while there is none. */
  acknowledged: Choice | undefined;
  /** When that was seen; it may be a retraction. */
  acknowledgedAt?: number;
  /** What the member did since and nobody has acknowledged: votes, or taking one back. */
  pending: (Choice | undefined)[];
  /** What the member did and saw, in words, for a report of what is wrong. */
  readonly history: string[];
  takeBack?: () => ReturnType<LoopbackDiscord["press"]>;
}

export class Voter {
  /** How many votes, changes and retractions were acknowledged. */
  acknowledgements = 0;
  readonly ballots: WatchedBallot[] = [];
  #asked = 0;

  constructor(
    readonly user: User,
    private readonly channel: Channel,
    private readonly discord: LoopbackDiscord,
    private readonly random: RandomGenerator,
    /** How long the member waits for an answer; as long as the bot lives if not given. */
    private readonly patienceMs?: number,
  ) {}

  /** Goes on until `signal`. */
  async act(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(POLL_MS);
      const patience = this.patient(signal);
      const ballot = this.random() < 0.6 ? await this.ask(patience) : this.#pick(this.#certain);
      if (ballot === undefined) continue;
      if (ballot.acknowledged !== undefined && this.random() < 0.3) {
        await this.vote(ballot, undefined, patience);
      } else await this.vote(ballot, this.#pick(TOLD_APART)!, patience);
    }
  }

  /** Aborted with `signal`, or when the member waits no longer. */
  patient(signal: AbortSignal): AbortSignal {
    if (this.patienceMs === undefined) return signal;
    return AbortSignal.any([signal, AbortSignal.timeout(this.patienceMs)]);
  }

  /** What is left undone may be done yet: such a ballot is left alone until that is known. */
  get #certain(): WatchedBallot[] {
    return this.ballots.filter(({ pending }) => pending.length === 0);
  }

  /** Asks something. Resolves with the ballot where one comes. */
  async ask(signal: AbortSignal): Promise<WatchedBallot | undefined> {
    const text = `How do I feed hedgehog number ${++this.#asked} of ${this.user.username}?`;
    const question = this.discord.say(this.user, this.channel, text, { mentionBot: true });
    const reply = await until(
      () =>
        this.discord.world
          .messagesIn(this.channel.id)
          .filter(({ author, repliesTo }) => author.bot && repliesTo === question.id)
          // The line that says that it takes a while becomes the answer.
          .find(({ content }) => unfinished(content) === undefined),
      signal,
    );
    return reply && isBallot(reply) ? this.watch(reply) : undefined;
  }

  /** Takes note of a ballot to this member, once. */
  watch(message: StoredMessage): WatchedBallot {
    const known = this.ballots.find((ballot) => ballot.message === message);
    if (known !== undefined) return known;
    const [a, b] = message.embeds.map(({ description = "" }) => description);
    const ballot: WatchedBallot = {
      message,
      voter: this,
      by: this.random() < 0.5 ? "reaction" : "tap",
      texts: [a!, b!],
      acknowledged: undefined,
      pending: [],
      history: [],
    };
    this.ballots.push(ballot);
    return ballot;
  }

  /** Votes, or takes the vote back, and waits for the acknowledgement. */
  async vote(
    ballot: WatchedBallot,
    choice: Choice | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    if (choice === ballot.acknowledged && ballot.pending.length === 0) return;
    const acknowledged = ballot.by === "reaction" ? this.#react : this.#tap;
    ballot.history.push(`${choice ?? "nothing"} by ${ballot.by}`);
    if (await acknowledged.call(this, ballot, choice, signal)) {
      ballot.history.push("acknowledged");
      ballot.acknowledged = choice;
      ballot.acknowledgedAt = Date.now();
      ballot.pending = [];
      this.acknowledgements++;
    }
  }

  async #react(
    ballot: WatchedBallot,
    choice: Choice | undefined,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { message } = ballot;
    ballot.pending.push(choice);
    if (choice !== undefined) this.discord.react(this.user, message, CHOICE_EMOJI[choice]);
    for (const other of TOLD_APART) {
      if (other !== choice) this.discord.unreact(this.user, message, CHOICE_EMOJI[other]);
    }
    return (await until(() => shows(ballot, choice) || undefined, signal)) === true;
  }

  async #tap(
    ballot: WatchedBallot,
    choice: Choice | undefined,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { message } = ballot;
    if (choice !== undefined && isBallot(message)) {
      ballot.pending.push(choice);
      const open = this.discord.press(this.user, this.channel, message, say(`ballots.${choice}`));
      const kept = await until(
        () => (/your vote is stored/.test(open.answer?.content ?? "") ? open.answer : undefined),
        signal,
      );
      if (kept === undefined) return false;
      ballot.takeBack = () => this.discord.press(this.user, this.channel, kept, "Take it back");
      return true;
    }
    if (choice !== undefined || ballot.takeBack === undefined) return false;
    ballot.pending.push(undefined);
    const { from } = ballot.takeBack();
    delete ballot.takeBack;
    return (
      (await until(() => /taken back/.test(from?.content ?? "") || undefined, signal)) === true
    );
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.random() * items.length)];
  }
}

/** Whether the message shows `choice`, or the question where there is none. */
export function shows({ message, texts: [a, b] }: WatchedBallot, choice: Choice | undefined) {
  if (choice === undefined) return isBallot(message);
  if (isBallot(message)) return false;
  if (choice === "neither") return message.content !== a && message.content !== b;
  return message.content === (choice === "b" ? b : a);
}

/** What `check` returns once that is not undefined; undefined when `signal` comes first. */
async function until<Result>(
  check: () => Result | undefined,
  signal: AbortSignal,
): Promise<Result | undefined> {
  for (;;) {
    const result = check();
    if (result !== undefined || signal.aborted) return result;
    await sleep(POLL_MS);
  }
}
