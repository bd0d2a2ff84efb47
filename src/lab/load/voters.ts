/** Who votes on which ballot, when, and how they change their minds. Knows what should be stored. */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import { CHOICE_EMOJI, CHOICES } from "../../ballots/choices.js";
import type { Choice } from "../../store/records.js";
import type { SentVotes } from "./process-messages.js";

/** Of the ballots ... */
const VOTE_SHARE = 0.95;
/** ... and of those who voted: to another choice, and from there back. */
const CHANGE_SHARE = 0.3;
const BACK_SHARE = 0.3;
/** Between two reactions of one member, in milliseconds. */
const THINKING_MS = [1_000, 3_000] as const;

interface Reaction {
  readonly ballotId: string;
  readonly choice: Choice;
  readonly added: boolean;
}

export interface DueReaction {
  readonly ballotId: string;
  readonly channelId: string;
  readonly member: number;
  readonly emoji: string;
  readonly added: boolean;
}

interface Ballot {
  readonly channelId: string;
  readonly member: number;
  choices: readonly Choice[];
  voted: boolean;
  /** When the last reaction went out that no edit has followed. */
  waitingSince: number | undefined;
}

export class Voters {
  /** From a reaction to the message that shows it, in milliseconds. */
  readonly shownMs: number[] = [];
  readonly #ballots = new Map<string, Ballot>();
  readonly #ids: string[] = [];
  /** By the hundredth of a second at which they are due. */
  readonly #waiting = new Map<number, Reaction[]>();
  #doneUntil: number | undefined;

  constructor(private readonly random: RandomGenerator) {}

  get ballots(): number {
    return this.#ballots.size;
  }

  /** Of every ballot that was voted on. */
  votes(): SentVotes[] {
    return [...this.#ballots]
      .filter(([, { voted }]) => voted)
      .map(([ballotId, { member, choices }]) => ({ ballotId, member, choice: choices.at(-1) }));
  }

  /** A ballot for `member` was posted: decides what the member will do. */
  asked(ballotId: string, channelId: string, member: number, now: number): void {
    const ballot = { channelId, member, choices: [], voted: false, waitingSince: undefined };
    this.#ballots.set(ballotId, ballot);
    this.#ids.push(ballotId);
    if (this.random() >= VOTE_SHARE) return;
    const [first, second] = [this.#draw(CHOICES), this.#draw(CHOICES)];
    let due = this.#later(now);
    this.#plan(due, { ballotId, choice: first, added: true });
    if (this.random() >= CHANGE_SHARE) return;
    due = this.#later(due);
    this.#plan(due, { ballotId, choice: second, added: true });
    if (this.random() >= BACK_SHARE) return;
    this.#plan(this.#later(due), { ballotId, choice: second, added: false });
  }

  /** The reactions that are due, which from now on count as made. */
  due(now: number): DueReaction[] {
    const until = hundredth(now);
    const found: DueReaction[] = [];
    for (let at = this.#doneUntil ?? until; at < until; at++) {
      for (const reaction of this.#waiting.get(at) ?? []) found.push(this.#make(reaction, now));
      this.#waiting.delete(at);
    }
    this.#doneUntil = until;
    return found;
  }

  /** The bot has edited the ballot's message. */
  shown(ballotId: string, now: number): void {
    const ballot = this.#ballots.get(ballotId);
    if (ballot?.waitingSince === undefined) return;
    this.shownMs.push(now - ballot.waitingSince);
    ballot.waitingSince = undefined;
  }

  /** Some ballot that is not for `stranger`. */
  anyBallot(stranger: number): { id: string; channelId: string } | undefined {
    const id = this.#ids[Math.floor(this.random() * this.#ids.length)] ?? "";
    const ballot = this.#ballots.get(id);
    if (ballot === undefined || ballot.member === stranger) return undefined;
    return { id, channelId: ballot.channelId };
  }

  isAsked(messageId: string, member: number): boolean {
    return this.#ballots.get(messageId)?.member === member;
  }

  #make({ ballotId, choice, added }: Reaction, now: number): DueReaction {
    const ballot = this.#ballots.get(ballotId)!;
    const others = ballot.choices.filter((standing) => standing !== choice);
    const before = ballot.choices.at(-1);
    if (!added) ballot.choices = others;
    else if (!ballot.choices.includes(choice)) ballot.choices = [...others, choice];
    ballot.voted = true;
    if (ballot.choices.at(-1) !== before) ballot.waitingSince = now;
    const { channelId, member } = ballot;
    return { ballotId, channelId, member, emoji: CHOICE_EMOJI[choice], added };
  }

  #plan(due: number, reaction: Reaction): void {
    const at = hundredth(due);
    const planned = this.#waiting.get(at);
    if (planned === undefined) this.#waiting.set(at, [reaction]);
    else planned.push(reaction);
  }

  #later(now: number): number {
    const [from, to] = THINKING_MS;
    return now + from + this.random() * (to - from);
  }

  #draw(choices: readonly Choice[]): Choice {
    return choices[Math.floor(this.random() * choices.length)]!;
  }
}

function hundredth(ms: number): number {
  return Math.floor(ms / 10);
}
