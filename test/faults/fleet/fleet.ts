/**
 * Several processes of the built program on one store: bots that share the shards, and trainers. Whatever
 * ends is started again, as a supervisor does. Knows no members and no votes.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { linesOf } from "../../support/started-bot.js";
import { type StartedProcess, startProcess } from "../../support/started-process.js";
import { waitFor } from "../../support/wait-for.js";

// Long, because a busy machine is no failure.
const STARTING_MS = 300_000;
const RESTART_PAUSE_MS = 1_000;
const READY = ["bot.ready", "trainer.ready", "shards.standby"];
const ERROR_LEVEL = 50;

export interface FleetOptions {
  readonly folder: string;
  readonly bots: number;
  readonly trainers: number;
  readonly shards: number;
  /** Of every process. */
  readonly environment: NodeJS.ProcessEnv;
  /** Of one process in addition, and what it is started through, as a program that puts it elsewhere. */
  readonly placeOf?: (name: string) => Place;
}

export interface Place {
  readonly environment?: NodeJS.ProcessEnv;
  readonly through?: readonly string[];
}

export interface FleetProcess {
  readonly name: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly place: Place;
  program: StartedProcess;
  /** What the life before has written. */
  before: string;
  /** Whether it is to be running. */
  wanted: boolean;
  isPaused: boolean;
}

export class Fleet {
  readonly all: FleetProcess[] = [];
  /** Those that ended without being told to, with their exit codes, in order. */
  readonly ended: string[] = [];
  #errors = 0;

  private constructor(private readonly options: FleetOptions) {}

  /** Starts all, and resolves when they work or stand by: the bot that stands by comes last. */
  static async start(options: FleetOptions): Promise<Fleet> {
    const { bots, trainers, shards } = options;
    const fleet = new Fleet(options);
    const role = trainers === 0 ? "all" : "bot";
    for (let at = 0; at < trainers; at++) fleet.#add(`trainer-${at}`, { ROLE: "trainer" });
    for (let at = 0; at < holdersOf(bots); at++) {
      fleet.#add(`bot-${at}`, { ROLE: role, ...shardsOf(at, bots, shards) });
    }
    await fleet.ready();
    for (let at = holdersOf(bots); at < bots; at++) {
      fleet.#add(`bot-${at}`, { ROLE: role, SHARD_COUNT: String(shards) });
    }
    await fleet.ready();
    return fleet;
  }

  /** Resolves when each of those that run says that it works or stands by. */
  async ready(): Promise<void> {
    const isReady = ({ program, wanted }: FleetProcess) =>
      !wanted || READY.some((event) => program.output().includes(`"${event}"`));
    await waitFor(() => this.all.every(isReady) || undefined, "all processes", STARTING_MS).catch(
      (error: Error) => {
        const late = this.all.filter((one) => !isReady(one));
        const logs = late.map(({ name, program }) => `${name}:\n${program.output().slice(-2_000)}`);
        throw new Error(`${error.message}\n${logs.join("\n")}`);
      },
    );
  }

  async kill(one: FleetProcess): Promise<void> {
    one.wanted = false;
    const { program } = one;
    program.kill("SIGKILL");
    await program.ended;
  }

  restart(one: FleetProcess): void {
    this.#errors += errorsIn(one.program);
    one.before = one.program.output();
    one.program = this.#start(one.environment, one.place);
    one.wanted = true;
    this.#supervise(one);
  }

  pause(one: FleetProcess): void {
    one.isPaused = true;
    one.program.kill("SIGSTOP");
  }

  goOn(one: FleetProcess): void {
    one.program.kill("SIGCONT");
    one.isPaused = false;
  }

  /** Lines that say that something failed, in all lives. */
  get errors(): number {
    return this.#errors + this.all.reduce((sum, { program }) => sum + errorsIn(program), 0);
  }

  /** What all have written, each life below its name. */
  get log(): string {
    return this.all
      .map(({ name, before, program }) =>
        [`=== ${name}, the life before`, before, `=== ${name}`, program.output()].join("\n"),
      )
      .join("\n");
  }

  /** Ends all in good order. Returns those that did not. */
  async stop(): Promise<string[]> {
    for (const one of this.all) one.wanted = false;
    const codes = await Promise.all(
      this.all.map(async ({ name, program }) => {
        program.kill("SIGTERM");
        const code = await program.ended;
        return code === 0 ? [] : [`${name} ended with ${code}`];
      }),
    );
    return codes.flat();
  }

  async killAll(): Promise<void> {
    await Promise.all(this.all.map((one) => this.kill(one)));
  }

  #add(name: string, own: NodeJS.ProcessEnv): void {
    const { environment: common, placeOf } = this.options;
    const environment = { ...common, ...own };
    const place = placeOf?.(name) ?? {};
    const program = this.#start(environment, place);
    const state = { before: "", wanted: true, isPaused: false };
    const one: FleetProcess = { name, environment, place, program, ...state };
    this.all.push(one);
    this.#supervise(one);
  }

  #start(environment: NodeJS.ProcessEnv, { environment: own, through }: Place): StartedProcess {
    return startProcess(this.options.folder, { ...environment, ...own }, through);
  }

  #supervise(one: FleetProcess): void {
    const { program } = one;
    void program.ended.then(async (code) => {
      if (!one.wanted || one.program !== program) return;
      this.ended.push(`${one.name} with ${code}: ${program.output().trim().slice(-300)}`);
      await sleep(RESTART_PAUSE_MS, undefined, { ref: false });
      if (one.wanted && one.program === program) this.restart(one);
    });
  }
}

/** All bots but the last of several, which stands by for all shards. */
function holdersOf(bots: number): number {
  return Math.max(1, bots - 1);
}

/** The shards by turns. */
function shardsOf(at: number, bots: number, shards: number): NodeJS.ProcessEnv {
  const all = Array.from({ length: shards }, (_, shard) => shard);
  const own = all.filter((shard) => shard % holdersOf(bots) === at);
  return { SHARD_COUNT: String(shards), SHARDS: own.join(",") };
}

function errorsIn(program: StartedProcess): number {
  return linesOf(program).filter(({ level }) => Number(level) >= ERROR_LEVEL).length;
}
