/**
 * Everything in a run beside the processes: Discord, the language model, the database, and the members who ask,
 * vote, change their mind and leave; and what must hold of it all when they rest.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { RandomGenerator } from "../../../models/algebra/random.js";
import { LONGEST_POSTING_MS } from "../../../src/discord/ballots/posted-elsewhere.js";
import { consentKey } from "../../../src/store/keys.js";
import { openStore, type Store } from "../../../src/store/store.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../../support/loopback-discord/loopback-discord.js";
import type { Channel } from "../../support/loopback-discord/world.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import { plantVotes } from "../../support/planted-votes.js";
import { busyMembers } from "../busy-members.js";
import { type Kept, readKept, stuckBallots, wrongProfiles, wrongVotes } from "../kept-votes.js";
import { KnownVotes } from "../known-votes.js";
import { plantProfiles } from "../swaps.js";
import { Voter } from "../voter.js";
import { LeavingMembers } from "./leaving-members.js";
import { LossCount } from "./losses.js";
import { Questions } from "./questions.js";
import { RecordedMember } from "./recorded-member.js";
import type { RunDatabase } from "./run-database.js";
import { readStoredLists } from "./stored-lists.js";
import { FleetTraining } from "./training.js";
import { VoteHistory } from "./vote-history.js";

/** An announcement is settled a little after the time for which another process may be posting it. */
const SETTLED_MS = LONGEST_POSTING_MS + 60_000;

/** Who vote, change their vote and take it back; and who vote once, of whom there is a history. */
const CHANGING = 6;
const RECORDED = 4;
/** So few are learned from quickly, and agree enough for the gate. */
const LEARNED_FROM = { members: 20, votesEach: 30 };
/** As Discord's clients, that say after a while that nothing came. */
const PATIENCE_MS = 10_000;
/** As the loopback language model counts them. */
const PROMPT_TOKENS = 100;
const ANSWER_TOKENS = 50;
const READERS = 2;
const READ_EVERY_MS = 100;
const WATCH_EVERY_MS = 1_000;

interface Parts {
  readonly random: RandomGenerator;
  readonly discord: LoopbackDiscord;
  readonly openai: LoopbackOpenAI;
  readonly database: RunDatabase;
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly voters: readonly Voter[];
  readonly recorded: readonly RecordedMember[];
  readonly leaving: LeavingMembers;
  readonly votes: KnownVotes;
  readonly history: VoteHistory;
  readonly questions: Questions;
  readonly training: FleetTraining;
}

export class FleetWorld {
  /** What the reads have shown that can't be. */
  readonly wrongReads: string[] = [];
  /** What a failover has lost. */
  readonly losses = new LossCount();
  #unread = 0;

  private constructor(private readonly parts: Parts) {}

  /** On a database with nothing in it, which is removed with all the rest. */
  static async create(
    random: RandomGenerator,
    shards: number,
    database: RunDatabase,
  ): Promise<FleetWorld> {
    const [discord, openai] = await Promise.all([
      startLoopbackDiscord({ rateLimit: [100_000, 1_000] }),
      startLoopbackOpenAI(),
    ]);
    const places = Array.from({ length: shards }, (_, shard) => [shard, shards] as const);
    const channels = places.map((place) => discord.createGuild("lounge", place).channel);
    const crowd = discord.createGuild("kitchen", places[0]).channel;
    await plantVotes(database.url, crowd.guildId!, LEARNED_FROM.members, LEARNED_FROM.votesEach);
    const store = await openStore(database.url, (error) => {
      throw error;
    });
    await plantProfiles(store);
    const history = new VoteHistory();
    const questions = new Questions(store.messageClaims, discord, shards);
    const voters: Voter[] = [];
    for (let at = 0; at < CHANGING + RECORDED; at++) {
      const channel = channels[at % shards]!;
      const user = discord.world.addUser(`member ${at}`);
      const key = consentKey({ guildId: channel.guildId!, memberId: user.id });
      await store.consents.set(key, { state: "granted", pooled: true, wording: 2, at: Date.now() });
      voters.push(new Voter(user, channel, questions.noting, random, PATIENCE_MS));
    }
    const recorded = voters
      .slice(CHANGING)
      .map((voter) => new RecordedMember(voter, history, discord));
    const votes = await KnownVotes.begin(voters, discord, store);
    const leaving = new LeavingMembers(discord, [crowd], random);
    const training = new FleetTraining(discord, store, channels);
    return new FleetWorld({
      ...{ random, discord, openai, database, store, channels, voters, recorded },
      ...{ leaving, votes, history, questions, training },
    });
  }

  get discord(): LoopbackDiscord {
    return this.parts.discord;
  }

  get database(): RunDatabase {
    return this.parts.database;
  }

  get store(): Store {
    return this.parts.store;
  }

  get channels(): readonly Channel[] {
    return this.parts.channels;
  }

  get votes(): KnownVotes {
    return this.parts.votes;
  }

  get history(): VoteHistory {
    return this.parts.history;
  }

  get questions(): Questions {
    return this.parts.questions;
  }

  get leaving(): LeavingMembers {
    return this.parts.leaving;
  }

  get training(): FleetTraining {
    return this.parts.training;
  }

  /** Reads that failed, as while the database was away. */
  get unread(): number {
    return this.#unread;
  }

  /** Whether every shard is with some process. */
  get isConnected(): boolean {
    const held = new Set(this.discord.gateway.shards.map(([id]) => id));
    return held.size === this.channels.length;
  }

  /** Of Discord and of the language model. */
  get ports(): number[] {
    const { discord, openai } = this.parts;
    return [discord.origin, openai.baseUrl].map((url) => Number(new URL(url).port));
  }

  /** What every process is started with. */
  get environment(): NodeJS.ProcessEnv {
    const { discord, openai, database } = this.parts;
    return { ...busyMembers(discord, openai, database.url), LOCAL_SERVERS: "off" };
  }

  /** All members act, and some look, until `signal`. */
  async act(signal: AbortSignal): Promise<void> {
    const { voters, recorded, leaving } = this.parts;
    await Promise.all([
      ...voters.slice(0, CHANGING).map((voter) => voter.act(signal)),
      ...recorded.map((member) => member.act(signal)),
      leaving.act(signal),
      this.#watch(signal),
      ...Array.from({ length: READERS }, () => this.#read(signal)),
    ]);
  }

  /** All members ask, and vote on nothing, until `signal`. */
  async ask(signal: AbortSignal): Promise<void> {
    const asks = this.parts.voters.map(async (voter) => {
      while (!signal.aborted) await voter.ask(voter.patient(signal));
    });
    await Promise.all(asks);
  }

  /** Tokens that the language model has taken for members' questions. */
  get spent(): number {
    return this.parts.openai.requests
      .filter(({ messages }) => messages.at(-1)!.content.includes("hedgehog"))
      .reduce((sum, { n = 1 }) => sum + PROMPT_TOKENS + n * ANSWER_TOKENS, 0);
  }

  /** What is lost, doubled, stuck, wrong or back; while nobody acts. Rejects while the store is away. */
  async look(): Promise<string[]> {
    const { discord, store, channels, votes, questions, leaving, training, database } = this.parts;
    const sent = channels.flatMap((channel) => discord.sentTo(channel));
    votes.watch(sent);
    const all = await readKept(store);
    const kept = this.#ofThoseWhoStay(all);
    const model = await training.current();
    const wrong = [
      ...wrongVotes(kept, votes.ballots, votes.retired),
      ...stuckBallots(all, sent, SETTLED_MS),
      ...wrongProfiles(kept, model),
      ...(await questions.look()),
      ...(await leaving.look(database.query)),
    ];
    // Asked last: it takes a while.
    return wrong.length > 0 || !this.isConnected ? wrong : training.look();
  }

  /** Counts what is not there, and has the members forget it. */
  async acceptLosses(): Promise<void> {
    const { store, votes, discord, channels, leaving, questions, database } = this.parts;
    const kept = this.#ofThoseWhoStay(await readKept(store));
    const sent = channels.flatMap((channel) => discord.sentTo(channel));
    this.losses.cameBack += (await leaving.look(database.query)).length;
    leaving.forgetDeleted();
    this.losses.answeredTwice += questions.acceptLosses();
    const crashedAt = database.crashedAt ?? Date.now();
    await this.losses.accept(votes, kept, { discord, sent, crashedAt });
  }

  /** Once everything is right. */
  async settle(): Promise<void> {
    const { votes, questions, recorded } = this.parts;
    questions.settle(new Set(votes.ballots.map(({ message }) => message)));
    await votes.settle();
    for (const member of recorded) member.settle();
  }

  async close(): Promise<void> {
    const { store, openai, discord, database } = this.parts;
    await store.close();
    await openai.close();
    await discord.close();
    await database.remove();
  }

  /** What comes late is a question that waits, too, and nobody is asked another one before it. */
  async #watch(signal: AbortSignal): Promise<void> {
    const { channels, discord, votes } = this.parts;
    while (!signal.aborted) {
      votes.watch(channels.flatMap((channel) => discord.sentTo(channel)));
      await sleep(WATCH_EVERY_MS);
    }
  }

  /** Reads now one member's list, now those of two. */
  async #read(signal: AbortSignal): Promise<void> {
    const { recorded, history, database, random } = this.parts;
    const process = history.newProcess();
    while (!signal.aborted) {
      const first = Math.floor(random() * recorded.length);
      const asked = random() < 0.5 ? [first] : [first, (first + 1) % recorded.length];
      const ids = asked.map((at) => recorded[at]!.voter.user.id);
      await history
        .read(process, ids, async () => {
          const lists = await readStoredLists(database.query, ids);
          for (const id of ids) this.#compare(id, lists.comparisons.get(id), lists.votes.get(id));
          return lists;
        })
        .catch(() => this.#unread++);
      await sleep(READ_EVERY_MS);
    }
  }

  /** A vote and the weights that follow from it come together. */
  #compare(memberId: string, comparisons: readonly string[] = [], votes?: number): void {
    if (votes === undefined || votes === comparisons.length) return;
    this.wrongReads.push(
      `at one moment ${memberId} has ${comparisons.length} comparisons and a profile of ${votes} votes`,
    );
  }

  #ofThoseWhoStay({ ballots, comparisons, profiles }: Kept): Kept {
    const { leaving } = this.parts;
    const stays = ([key]: readonly [string, unknown]) => !leaving.includes(key.split(":")[1]!);
    return {
      ballots,
      comparisons: new Map([...comparisons].filter(stays)),
      profiles: new Map([...profiles].filter(stays)),
    };
  }
}
