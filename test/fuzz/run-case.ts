/** One case: an event, perhaps on damaged records, and what must hold afterwards. */
import { setImmediate as turn } from "node:timers/promises";
import { guildPayload, userPayload } from "../support/loopback-discord/payloads.js";
import { type Act, EVENTS } from "./events.js";
import { answers, type FuzzWorld, namespacesOf } from "./fuzz-world.js";
import { INTERACTIONS } from "./interactions.js";
import { type Mutation, mutate } from "./mutations.js";
import { type Change, changesBetween, isAllowed, type Snapshot } from "./rules.js";

export interface Case {
  readonly kind: "event" | "interaction" | "record";
  readonly template: number;
  readonly sender: number;
  readonly text: string;
  readonly pick: number;
  readonly mutations: readonly Mutation[];
}

/** A handler that takes longer hangs: nothing of the loopback takes a second. */
const PATIENCE_MS = 120_000;
/** After so many cases the test's own records are thrown away, and the bot must still answer. */
const PROBE_EVERY = 500;
const DAMAGEABLE = [
  "profiles",
  "ballots",
  "consents",
  "questions",
  "calibrations",
  "comparisons",
  "replies",
  "settings",
];

export class CaseRunner {
  readonly #strays: unknown[] = [];
  readonly #listener = (reason: unknown) => void this.#strays.push(reason);
  #base: Snapshot = new Map();
  #writes = 0;
  #cases = 0;
  #hangs = false;
  restarts = 0;

  constructor(private readonly world: FuzzWorld) {}

  async start(): Promise<void> {
    this.#base = await this.world.snapshot();
    this.#writes = await this.world.writes();
    process.on("unhandledRejection", this.#listener);
    process.on("uncaughtException", this.#listener);
  }

  stop(): void {
    process.off("unhandledRejection", this.#listener);
    process.off("uncaughtException", this.#listener);
  }

  /** Throws where a rule is broken. The store is as before afterwards. */
  async run(one: Case): Promise<void> {
    const { world } = this;
    // A bot that hangs can't be tried with anything smaller: the case stands as it is.
    if (this.#hangs) return;
    const { users } = world;
    const act: Act = { sender: users[one.sender % users.length]!, text: one.text, pick: one.pick };
    const damaged = one.kind === "record" ? await this.#damage(one) : this.#base;
    const interacts = one.kind === "record" ? one.template % 3 === 0 : one.kind === "interaction";
    const templates = interacts ? INTERACTIONS : EVENTS;
    const [type, valid] = templates[one.template % templates.length]!(world, act);
    const payload = one.kind === "record" ? valid : mutate(valid, one.mutations);
    const sent: unknown = JSON.parse(JSON.stringify(payload ?? null));
    world.discord.gateway.dispatch(type, sent);
    await this.#quiet(`${type} to be done with: ${JSON.stringify(sent).slice(0, 3_000)}`);
    const wrong = await this.#checkStore(type, sent, damaged);
    if (!/^(MESSAGE_CREATE|MESSAGE_REACTION|INTERACTION)/.test(type)) await this.#repair();
    if (++this.#cases % PROBE_EVERY === 0) await this.#probe();
    const strays = this.#strays.splice(0);
    if (strays.length > 0) throw new Error(`${type}: nobody caught ${describe(strays[0])}`);
    if (wrong.length > 0) throw new Error(`${type} changed ${JSON.stringify(wrong[0])}`);
  }

  /** What was changed and must not be. The store is as at the start afterwards. */
  async #checkStore(type: string, sent: unknown, before: Snapshot): Promise<Change[]> {
    const { world } = this;
    if (before === this.#base && (await world.writes()) === this.#writes) return [];
    const after = await world.snapshot();
    await this.#restore(after);
    return changesBetween(before, after).filter((change) => !isAllowed(type, sent, change));
  }

  async #restore(now?: Snapshot): Promise<void> {
    await this.world.restore(this.#base, now);
    this.#writes = await this.world.writes();
  }

  /** Damages one record; returns the store as it is then. */
  async #damage({ pick, mutations }: Case): Promise<Snapshot> {
    const records = [...this.#base].filter(([place]) => DAMAGEABLE.includes(place.split(" ")[0]!));
    const [place, text] = records[pick % records.length]!;
    const [name = "", ...key] = place.split(" ");
    const damaged = mutate(JSON.parse(text), mutations);
    // What the store itself refuses to write can't be in it.
    await namespacesOf(this.world.running)
      .get(name)!
      .set(key.join(" "), damaged)
      .catch(() => undefined);
    return this.world.snapshot();
  }

  async #quiet(what: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#hangs = true;
        reject(new Error(`Waited in vain for ${what}.`));
      }, PATIENCE_MS);
    });
    const quiet = async () => {
      await this.world.discord.gateway.settled();
      await turn();
      await this.world.running.bot.idle();
      await turn();
    };
    await Promise.race([quiet(), late]).finally(() => clearTimeout(timer));
  }

  /** Tells the bot anew of its server and of itself: what it was told of them was wrong on purpose. */
  async #repair(): Promise<void> {
    const { discord, guild } = this.world;
    discord.gateway.dispatch("GUILD_CREATE", guildPayload(guild, discord.world));
    discord.gateway.dispatch("USER_UPDATE", userPayload(discord.world.bot));
    await this.#quiet("the repair");
    if ((await this.world.writes()) !== this.#writes) await this.#restore();
  }

  /** The bot answers; where its server was taken from it, after it has come back. */
  async #probe(): Promise<void> {
    await this.#repair();
    if (!(await answers(this.world))) {
      this.restarts++;
      await this.world.running.restart();
      if (!(await answers(this.world))) throw new Error("The bot no longer answers.");
    }
    await this.#quiet("the answer");
    await this.#restore();
    this.world.tidy();
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
