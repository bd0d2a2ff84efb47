/**
 * Kills the bot's process again and again while members vote, and looks after each restart whether
 * anything was lost: the built program, a loopback Discord, a loopback language model.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandomGenerator, type RandomGenerator } from "../../models/algebra/random.js";
import { consentKey } from "../../src/store/keys.js";
import { openStore, type Store } from "../../src/store/store.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import type { Channel } from "../support/loopback-discord/world.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../support/loopback-openai.js";
import { isBallot } from "../support/running-bot.js";
import { type StartedProcess, startProcess } from "../support/started-process.js";
import { waitFor } from "../support/wait-for.js";
import { busyMembers } from "./busy-members.js";
import { readKept, stuckBallots, wrongProfiles, wrongVotes } from "./kept-votes.js";
import { keepEvidence } from "./kill-evidence.js";
import { KnownVotes } from "./known-votes.js";
import { type SwapMoment, Swaps } from "./swaps.js";
import { Voter } from "./voter.js";

const MEMBERS = 8;
/** Of the kills, those that come at any moment from the birth of the process. */
const EARLY = 0.25;
const LATEST_EARLY_MS = 2_500;
const LATEST_MS = 600;
const LATEST_SWAP_MS = 2_500;
// Long, because a busy machine is no failure.
const STARTING_MS = 300_000;
const SETTLING_MS = 150_000;
const LAST_VOTE_MS = 120_000;

export interface KillReport {
  readonly kills: number;
  /** Those before the bot was ready. */
  readonly early: number;
  readonly questions: number;
  readonly ballots: number;
  /** Votes, changes and retractions that were acknowledged. */
  readonly acknowledged: number;
  /** Kills around the swap of base rewards, by the moment. */
  readonly swaps: Readonly<Record<SwapMoment, number>>;
  /** Members' last acts that a kill came before, and how many of them counted after all. */
  readonly interrupted: number;
  readonly interruptedAndKept: number;
  /** What was lost, doubled, stuck or wrong. */
  readonly wrong: readonly string[];
  /** The folder with the bot's log, the requests and the ballots of the life that left it so. */
  readonly evidence?: string;
}

export interface KillOptions {
  readonly times: number;
  readonly seed: number;
  /** Of so many lives one is killed around the swap of base rewards. */
  readonly swapEvery: number;
  readonly say: (line: string) => void;
}

/** Kills `times` times. Stops at the first thing that is wrong. */
export async function runKills({ times, seed, swapEvery, say }: KillOptions): Promise<KillReport> {
  const run = await KillRun.start(createRandomGenerator(seed));
  try {
    while (run.kills < times && run.wrong.length === 0) {
      await run.liveAndDie(run.kills % swapEvery === swapEvery - 1);
      if (run.kills % 10 === 0) say(JSON.stringify(run.report()));
    }
    if (run.wrong.length === 0) await run.voteOnAllThatIsOpen();
    return run.report();
  } finally {
    await run.close();
  }
}

class KillRun {
  kills = 0;
  wrong: string[] = [];
  #early = 0;
  #evidence: string | undefined;
  /** Of the life that goes on. */
  #firstRequest = 0;

  private constructor(
    private readonly random: RandomGenerator,
    private readonly folder: string,
    private readonly discord: LoopbackDiscord,
    private readonly openai: LoopbackOpenAI,
    private readonly store: Store,
    private readonly channel: Channel,
    private readonly voters: readonly Voter[],
    private readonly votes: KnownVotes,
    private readonly swaps: Swaps,
  ) {}

  static async start(random: RandomGenerator): Promise<KillRun> {
    const folder = mkdtempSync(join(tmpdir(), "attune-"));
    const discord = await startLoopbackDiscord({ rateLimit: [100_000, 1_000] });
    const openai = await startLoopbackOpenAI();
    const { channel } = discord.createGuild("lounge");
    const storeUrl = `sqlite://${join(folder, "attune.sqlite")}`;
    await Swaps.plantVotes(storeUrl, channel);
    const store = await openStore(storeUrl, (error) => {
      throw error;
    });
    const swaps = await Swaps.prepare(discord, store, channel);
    const voters: Voter[] = [];
    for (let at = 0; at < MEMBERS; at++) {
      const user = discord.world.addUser(`member ${at}`);
      const key = consentKey({ guildId: channel.guildId!, memberId: user.id });
      await store.consents.set(key, { state: "granted", pooled: true, wording: 2, at: Date.now() });
      voters.push(new Voter(user, channel, discord, random));
    }
    const votes = await KnownVotes.begin(voters, discord, store);
    return new KillRun(random, folder, discord, openai, store, channel, voters, votes, swaps);
  }

  /** One life of the process, up to its kill. */
  async liveAndDie(swapping: boolean): Promise<void> {
    const program = this.#startProgram();
    const early = !swapping && this.random() < EARLY;
    if (!early) {
      await this.#ready(program);
      await this.#settle(program);
    }
    if (swapping && this.wrong.length === 0) this.wrong = await this.swaps.train(program);
    const load = new AbortController();
    const acts = this.voters.map((voter) => voter.act(load.signal));
    if (!early && !swapping) await this.#warm();
    const latest = early ? LATEST_EARLY_MS : LATEST_MS;
    await sleep(swapping ? this.random() ** 3 * LATEST_SWAP_MS : this.random() * latest);
    program.kill("SIGKILL");
    await program.ended;
    load.abort();
    await Promise.all(acts);
    this.kills++;
    if (early) this.#early++;
    if (swapping) this.wrong.push(...(await this.swaps.noteKill(program)));
  }

  /** After the last kill: nothing is stuck, since every open ballot still takes a vote. */
  async voteOnAllThatIsOpen(): Promise<void> {
    const program = this.#startProgram();
    await this.#ready(program);
    await this.#settle(program);
    const deadline = AbortSignal.timeout(LAST_VOTE_MS);
    const untaken: string[] = [];
    for (const voter of this.voters) {
      for (const ballot of voter.ballots.filter(({ message }) => isBallot(message))) {
        await voter.vote(ballot, "b", deadline);
        if (ballot.acknowledged !== "b") untaken.push(`${ballot.message.id} takes no vote`);
      }
    }
    await this.#settle(program);
    this.wrong.push(...untaken);
    program.kill("SIGTERM");
    if ((await program.ended) !== 0) this.wrong.push("it did not end in good order");
  }

  report(): KillReport {
    const questions = [...this.discord.world.messages.values()].filter(
      ({ author }) => !author.bot,
    ).length;
    return {
      kills: this.kills,
      early: this.#early,
      questions,
      ballots: this.votes.count,
      acknowledged: this.votes.acknowledged,
      swaps: this.swaps.kills,
      interrupted: this.votes.interrupted,
      interruptedAndKept: this.votes.interruptedAndKept,
      wrong: this.wrong,
      ...(this.#evidence !== undefined && { evidence: this.#evidence }),
    };
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.openai.close();
    await this.discord.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #startProgram(): StartedProcess {
    this.discord.gateway.forgetSessions();
    this.#firstRequest = this.discord.requests.length;
    const storeUrl = `sqlite://${join(this.folder, "attune.sqlite")}`;
    return startProcess(this.folder, busyMembers(this.discord, this.openai, storeUrl));
  }

  async #ready(program: StartedProcess): Promise<void> {
    const dead = program.ended.then(() => {
      throw new Error(`The bot did not start:\n${program.output()}`);
    });
    const isReady = () => program.output().includes("bot.ready") || undefined;
    await Promise.race([waitFor(isReady, "the bot", STARTING_MS), dead]);
    dead.catch(() => undefined);
  }

  /** Waits for the first acknowledgement: the threads have woken up then, and the load is on. */
  async #warm(): Promise<void> {
    const before = this.votes.acknowledged;
    await waitFor(() => this.votes.acknowledged > before || undefined, "the first vote");
  }

  /** Waits until everything is right, and keeps what is still wrong after a while. */
  async #settle(program: StartedProcess): Promise<void> {
    const end = Date.now() + SETTLING_MS;
    do {
      await sleep(20);
      this.wrong = await this.#look();
    } while (this.wrong.length > 0 && Date.now() < end);
    if (this.wrong.length > 0) {
      this.#evidence = keepEvidence({
        wrong: this.wrong,
        log: program.output(),
        requests: this.discord.requests.slice(this.#firstRequest),
        ballots: this.votes.ballots,
        records: (await readKept(this.store)).ballots,
      });
      return;
    }
    await this.votes.settle();
  }

  async #look(): Promise<string[]> {
    const sent = this.discord.sentTo(this.channel);
    this.votes.watch(sent);
    const kept = await readKept(this.store);
    const versions = await this.swaps.look();
    return [
      ...wrongVotes(kept, this.votes.ballots, this.votes.retired),
      ...stuckBallots(kept, sent),
      ...versions.wrong,
      ...wrongProfiles(kept, versions.model),
    ];
  }
}
