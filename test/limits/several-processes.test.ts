import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandomGenerator, type RandomGenerator } from "../../models/algebra/random.js";
import { readConfig } from "../../src/config.js";
import { DayCounts, type Release } from "../../src/limits/day-counts.js";
import { type Asker, Limits } from "../../src/limits/limits.js";
import type { Store } from "../../src/store/store.js";
import { silentLog } from "../support/silent-log.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const ALL = 60_000;
/** A request takes this much at most: a fiftieth of what all may take. */
const LARGEST = 1_200;
const NOON = Date.UTC(2026, 0, 31, 12);
const DAY_MS = 24 * 60 * 60_000;
const GUILDS = ["90", "91", "92"];

describe.each(["SQLite", "PostgreSQL"] as const)(
  "the limits of processes on one store in %s",
  (engine) => {
    let temporary: TemporaryStore;
    let stores: Store[] = [];
    let run = 0;
    beforeEach(async () => {
      temporary = await createTemporaryStore(engine);
      stores = [];
    });
    afterEach(() => temporary.remove());

    it("are never spent beyond the bound of all, however processes ask, wait and die", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 4 }),
          fc.integer({ min: 0, max: 6 }),
          fc.nat(1_000_000),
          async (count, kills, seed) => {
            const random = createRandomGenerator(seed);
            const bot = await Simulation.start(await storesOf(count), random, nextDay());
            for (let kill = 0; kill <= kills; kill++) {
              await bot.ask(60 / (kills + 1));
              if (kill < kills) await bot.killOne();
            }
            expect(bot.spent).toBeLessThanOrEqual(ALL);
            for (const [, spent] of bot.spentOn) expect(spent).toBeLessThanOrEqual(ALL / 2);
          },
        ),
        { numRuns: 12 },
      );
    });

    it("are spent to nine tenths and more where nobody dies, in however many processes", async () => {
      for (const count of [1, 3]) {
        const random = createRandomGenerator(count);
        const bot = await Simulation.start(await storesOf(count), random, nextDay());
        await bot.askUntilRefused();
        expect({ count, spent: bot.spent }).toEqual({ count, spent: expect.any(Number) });
        expect(bot.spent).toBeLessThanOrEqual(ALL);
        expect(bot.spent / ALL).toBeGreaterThan(0.9);
      }
    });

    it("leave in the store no less than was spent, whenever a process dies, and no more once all end", async () => {
      const bot = await Simulation.start(await storesOf(2), createRandomGenerator(5), nextDay());
      await bot.ask(20);
      expect(await storedTokens()).toBeGreaterThanOrEqual(bot.spent);
      await bot.end();
      // Of all, and of the common half.
      expect(await storedTokens()).toBe(bot.spent);
    });

    it("of messages are added up, and known to each after it has written", async () => {
      const [first, second] = await limitsOf(await storesOf(2), {
        MESSAGES_PER_MINUTE: "off",
        MESSAGES_PER_DAY: "10/100/100",
      });
      const asker = { memberId: "1", guildId: "90", channelId: "80" };
      for (let time = 0; time < 6; time++) expect(first!.admit(asker)).toBeUndefined();
      const elsewhere = { ...asker, guildId: "91", channelId: "81" };
      for (let time = 0; time < 4; time++) expect(second!.admit(elsewhere)).toBeUndefined();
      await first!.written();
      await second!.written();
      const refused = { unit: "messagesPerDay", scope: "member" };
      expect(second!.admit(elsewhere)).toMatchObject(refused);
      // It has not heard of the other's yet.
      expect(first!.admit(asker)).toBeUndefined();
      await first!.written();
      expect(first!.admit(asker)).toMatchObject(refused);
      expect(first!.usedToday("1").messages).toBe(11);
    });

    it("have one secret a day, whichever process writes first", async () => {
      const days = await Promise.all((await storesOf(3)).map((store) => openDays(store)));
      for (const one of days) one.add("member 1", "messages", 1);
      await Promise.all(days.map((one) => one.write()));
      expect(await keysOf(temporary.store.daySecrets)).toEqual(["2026-01-31"]);
      expect(await keysOf(temporary.store.dayCounts)).toHaveLength(1);
      const reader = await openDays(temporary.store);
      expect(reader.of("member 1").messages).toBe(3);
    });

    /** What an earlier run still gives back is of its own day. */
    function nextDay(): number {
      run += 1;
      return NOON + run * DAY_MS;
    }

    async function storesOf(count: number): Promise<Store[]> {
      while (stores.length < count) stores.push(await temporary.another());
      return stores.slice(0, count);
    }

    /** Of the bound of all alone, which is larger than every other count. */
    async function storedTokens(): Promise<number> {
      const tokens: number[] = [];
      for await (const [, record] of temporary.store.dayCounts.entries())
        tokens.push(record.tokens);
      return Math.max(...tokens);
    }
  },
);

/** Processes that ask a language model, each for servers of its own and for one that all share. */
class Simulation {
  spent = 0;
  readonly spentOn = new Map<string, number>();

  private constructor(
    private readonly stores: readonly Store[],
    private readonly random: RandomGenerator,
    private readonly now: number,
    private readonly processes: Process[],
  ) {}

  static async start(
    stores: readonly Store[],
    random: RandomGenerator,
    now: number,
  ): Promise<Simulation> {
    const processes = await Promise.all(stores.map((store) => startProcess(store, now)));
    return new Simulation(stores, random, now, processes);
  }

  /** So many requests of each process, some at once. */
  async ask(requests: number): Promise<void> {
    const asked = this.processes.flatMap((one) =>
      Array.from({ length: Math.ceil(requests) }, () => this.#request(one)),
    );
    await Promise.all(asked);
  }

  async askUntilRefused(): Promise<void> {
    for (let refused = 0; refused < 3; ) {
      const before = this.spent;
      await this.ask(4);
      // What others hold and don't need is given back when they write.
      for (const { days } of this.processes) await days.write();
      for (const { days } of this.processes) await days.write();
      refused = this.spent === before ? refused + 1 : 0;
    }
  }

  /** What it has counted and not written is lost; another one takes its place. */
  async killOne(): Promise<void> {
    const at = Math.floor(this.random() * this.processes.length);
    this.processes[at]!.isDead = true;
    this.processes[at] = await startProcess(this.stores[at]!, this.now);
  }

  async end(): Promise<void> {
    for (const { days } of this.processes) await days.close();
  }

  async #request(process: Process): Promise<void> {
    const guildId = GUILDS[Math.floor(this.random() * GUILDS.length)]!;
    const asker: Asker = { memberId: `m${this.random()}`, guildId, channelId: `c${guildId}` };
    const most = Math.ceil(LARGEST * this.random());
    await this.#pause();
    if (process.isDead) return;
    const held = await process.limits.hold(asker, most);
    if (typeof held !== "function") return;
    await this.#pause();
    // The server is paid whether or not the process lives to count it.
    const took = Math.floor(most * this.random());
    this.spent += took;
    this.spentOn.set(guildId, (this.spentOn.get(guildId) ?? 0) + took);
    this.#settle(process, asker, took, held);
    if (this.random() < 0.1 && !process.isDead) await process.days.write();
  }

  #settle({ isDead, limits }: Process, asker: Asker, took: number, release: Release): void {
    if (isDead) return;
    limits.spend(asker, took);
    release();
  }

  async #pause(): Promise<void> {
    for (let turns = Math.floor(3 * this.random()); turns > 0; turns--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

interface Process {
  readonly days: DayCounts;
  readonly limits: Limits;
  isDead: boolean;
}

const TOKENS = { TOKENS_PER_DAY: `${ALL}/${ALL}/${ALL / 2}/${ALL}` };

async function startProcess(store: Store, now: number): Promise<Process> {
  const days = await openDays(store, now);
  const limits = new Limits({ config: readConfig(TOKENS).limits, days, clock: () => now });
  return { days, limits, isDead: false };
}

function openDays(store: Store, now = NOON): Promise<DayCounts> {
  return DayCounts.open({ store, clock: () => now, log: silentLog });
}

async function limitsOf(
  stores: readonly Store[],
  environment: NodeJS.ProcessEnv,
): Promise<Limits[]> {
  const { limits: config } = readConfig(environment);
  const days = await Promise.all(stores.map((store) => openDays(store)));
  return days.map((one) => new Limits({ config, days: one, clock: () => NOON }));
}

async function keysOf(repository: { keys(): AsyncIterable<string> }): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of repository.keys()) keys.push(key);
  return keys;
}
