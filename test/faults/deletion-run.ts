/**
 * Members who vote, calibrate, wish, change what they allow, export and have everything deleted in the
 * middle of it, while the bot's process is killed again and again, and backups are put back. Afterwards
 * the bytes of all files are looked through.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandomGenerator, type RandomGenerator } from "../../models/algebra/random.js";
import { openDatabase } from "../../src/store/sqlite/database.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import type { Channel } from "../support/loopback-discord/world.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../support/loopback-openai.js";
import { runProgram } from "../support/run-program.js";
import { linesOf } from "../support/started-bot.js";
import { type StartedProcess, startProcess } from "../support/started-process.js";
import { waitFor } from "../support/wait-for.js";
import { BusyMember, markOf, Steady, until } from "./deletion-members.js";

const BUSY = 8;
const STEADY = 2;
const LATEST_KILL_MS = 5_000;
const STORE = "attune.sqlite";

export class DeletionRun {
  readonly wrong: string[] = [];
  /** Whose deletion was confirmed. */
  readonly deleted: BusyMember[] = [];
  /** Those of whom no byte was left some time after it. */
  readonly #gone = new Set<BusyMember>();
  #members: BusyMember[] = [];
  readonly #steady: Steady[] = [];
  #made = 0;
  #unconfirmed = 0;
  #restored = 0;
  readonly #backups = mkdtempSync(join(tmpdir(), "attune-backups-"));
  readonly #folder = mkdtempSync(join(tmpdir(), "attune-"));

  private constructor(
    private readonly random: RandomGenerator,
    private readonly discord: LoopbackDiscord,
    private readonly openai: LoopbackOpenAI,
    private readonly places: readonly Channel[],
    private readonly withKey: boolean,
  ) {}

  static async start(seed: number, withKey: boolean): Promise<DeletionRun> {
    const random = createRandomGenerator(seed);
    const discord = await startLoopbackDiscord({ rateLimit: [100_000, 1_000] });
    const openai = await startLoopbackOpenAI({ answer: markedAnswer });
    const places = ["lounge", "kitchen"].map((name) => discord.createGuild(name).channel);
    const run = new DeletionRun(random, discord, openai, places, withKey);
    for (let at = 0; at < STEADY; at++) {
      const user = discord.world.addUser(`steady${at}`);
      run.#steady.push(new Steady(user, places[0]!, discord));
    }
    return run;
  }

  async liveAndDie(number: number): Promise<void> {
    if (number === 2) await this.#backUp();
    if (number > 2 && number % 5 === 0) await this.#restore();
    const program = this.#startProgram();
    await waitFor(
      () => linesOf(program).some(({ event }) => event === "bot.ready") || undefined,
      "the start",
    );
    // What a kill came before is destroyed by the start.
    this.#look(`after the start of life ${number}`, this.deleted);
    for (const member of this.deleted) this.#gone.add(member);
    const stop = new AbortController();
    const { signal } = stop;
    for (const member of this.#members) member.forgetOpen();
    while (this.#members.length < BUSY) this.#members.push(this.#newMember());
    const acts = [
      ...this.#steady.map((one) => one.act(signal)),
      ...this.#members.map((one) => one.act(signal)),
      this.#delete(signal),
    ];
    await sleep(500 + this.random() * LATEST_KILL_MS);
    program.kill("SIGKILL");
    await program.ended;
    stop.abort();
    for (const result of await Promise.allSettled(acts)) {
      if (result.status === "rejected") this.wrong.push(String(result.reason.stack));
    }
    const bad = linesOf(program).filter(({ level }) => Number(level) >= 50);
    this.wrong.push(...bad.map((line) => `life ${number}: ${JSON.stringify(line)}`));
    this.#look(`after the kill of life ${number}`, [...this.#gone]);
    await this.#count(number);
  }

  /** A life that ends in good order, with all who are left having everything deleted. */
  async lastLife(): Promise<void> {
    const program = this.#startProgram();
    await waitFor(
      () => linesOf(program).some(({ event }) => event === "bot.ready") || undefined,
      "the start",
    );
    for (const member of this.#members) {
      await member.deleteAll(new AbortController().signal);
      this.deleted.push(member);
    }
    await waitFor(
      () => this.#traces(this.deleted).length === 0 || undefined,
      "the last bytes to go",
    );
    program.kill("SIGTERM");
    if ((await program.ended) !== 0) this.wrong.push("it did not end in good order");
    this.#look("after the last life", this.deleted);
    await this.#count(-1);
  }

  counts() {
    const acts = this.deleted.reduce((sum, one) => sum + one.acts, 0);
    const votes = this.#steady.reduce((sum, one) => sum + one.votes, 0);
    const ballots = this.deleted.reduce((sum, one) => sum + one.ballots, 0);
    const unconfirmed = this.#unconfirmed;
    return {
      deleted: this.deleted.length,
      unconfirmed,
      restored: this.#restored,
      acts,
      ballots,
      votes,
    };
  }

  async close(): Promise<void> {
    await this.openai.close();
    await this.discord.close();
    if (this.wrong.length > 0) return;
    for (const folder of [this.#folder, this.#backups])
      rmSync(folder, { recursive: true, force: true });
  }

  #newMember(): BusyMember {
    const user = this.discord.world.addUser(`busy${this.#made++}`);
    const channels = [...this.places, this.discord.directChannel(user)];
    return new BusyMember(user, channels, this.discord, this.random);
  }

  /** One after the other has everything deleted, in the middle of whatever they do. */
  async #delete(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(200 + this.random() * 1_200);
      if (signal.aborted) return;
      const member = this.#members[Math.floor(this.random() * this.#members.length)];
      if (member === undefined) continue;
      this.#members = this.#members.filter((one) => one !== member);
      if (await member.deleteAll(signal)) {
        this.deleted.push(member);
        // A deletion is confirmed once the records are gone; on a busy disk their bytes go a little later.
        void until(() => this.#traces([member]).length === 0 || undefined, signal).then((gone) => {
          if (gone) this.#gone.add(member);
        });
      } else {
        this.#unconfirmed++;
        this.#members.push(member);
      }
    }
  }

  /** Nothing of `members` stands anywhere. */
  #look(when: string, members: readonly BusyMember[]): void {
    this.wrong.push(...this.#traces(members).map((trace) => `${when}: ${trace}`));
  }

  /** What of `members` stands in the files, and where. */
  #traces(members: readonly BusyMember[]): string[] {
    const found: string[] = [];
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      if (!statSync(path).isFile()) continue;
      const bytes = readFileSync(path);
      for (const { user } of members) {
        for (const needle of [user.id, markOf(user.username)]) {
          if (!bytes.includes(needle)) continue;
          const at = bytes.indexOf(needle);
          const around = bytes.subarray(at - 60, at + 60).toString("latin1");
          found.push(`${needle} of ${user.username} in ${name}: ${JSON.stringify(around)}`);
        }
      }
    }
    return found;
  }

  /** All that was acknowledged to those who delete nothing is there. */
  async #count(life: number): Promise<void> {
    const database = await openDatabase(join(this.#folder, STORE), "read", 1_000);
    for (const steady of this.#steady) {
      const [row] = await database.all<{ votes: number }>(
        "SELECT count(*) AS votes FROM attune WHERE member = ? AND key LIKE 'comparison:%'",
        steady.user.id,
      );
      if (row!.votes < steady.votes)
        this.wrong.push(`life ${life}: ${row!.votes} of ${steady.votes} votes are left`);
    }
    await database.close();
  }

  async #backUp(): Promise<void> {
    const { code, errors } = await this.#manage("backup", join(this.#backups, "copy"));
    if (code !== 0) this.wrong.push(errors);
    for (const steady of this.#steady) steady.votesAtBackup = steady.votes;
  }

  async #restore(): Promise<void> {
    const { code, errors } = await this.#manage("restore", join(this.#backups, "copy"));
    if (code !== 0) this.wrong.push(errors);
    for (const steady of this.#steady) steady.votes = steady.votesAtBackup;
    this.#restored++;
    // What was restored is put right by the start.
    for (const name of readdirSync(this.#folder)) {
      if (name.includes(".replaced-")) rmSync(join(this.#folder, name));
    }
  }

  #manage(...parameters: string[]) {
    return runProgram("src/cli/store.js", parameters, this.#environment());
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      DISCORD_TOKEN: this.discord.token,
      DISCORD_API_URL: this.discord.apiUrl,
      OPENAI_BASE_URL: this.openai.baseUrl,
      STORE_URL: `sqlite://${join(this.#folder, STORE)}`,
      QUESTION_GAP: "0",
      QUESTIONS_PER_DAY: "1000",
      MESSAGES_PER_MINUTE: "off",
      MESSAGES_PER_DAY: "off",
      BALLOTS_PER_DAY: "off",
      TOKENS_PER_DAY: "off",
      ...(this.withKey && { ENCRYPTION_KEY: Buffer.alloc(32, "key").toString("base64") }),
    };
  }

  #startProgram(): StartedProcess {
    this.discord.gateway.forgetSessions();
    return startProcess(this.#folder, this.#environment());
  }
}

let answers = 0;

/** Answers of many lengths that say throughout who asked. */
function markedAnswer(question: string, index: number): string {
  const name = /\b(?:busy|steady)\d+\b/.exec(question)?.[0] ?? "nobody";
  const times = 2 + ((answers * 7 + index * 5) % 30);
  return Array.from(
    { length: times },
    (_, at) => `${markOf(name)} is told ${at} ${["well", "so", "briefly"][at % 3]} ${answers++}.`,
  ).join(" ");
}
