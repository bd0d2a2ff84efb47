/**
 * What members and admins wait for with a very large store: the product's own services on it, each
 * member and message another one, so that nothing is in memory from the time before.
 */
import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandomGenerator, type RandomGenerator } from "../../../../models/algebra/random.js";
import { createServices, type Services } from "../../../compose.js";
import { readConfig } from "../../../config.js";
import { exportMember } from "../../../members/export.js";
import { undoLast } from "../../../members/undo.js";
import { createLog } from "../../../observability/create-log.js";
import { statusOf } from "../../../observability/status.js";
import { isDiscordGuild } from "../../../store/ids.js";
import type { MemberKey } from "../../../store/records.js";
import { openStore } from "../../../store/store.js";
import { channelAt, memberAt, messageAt } from "./made-places.js";
import { ballotCount, makeStore, type StoreSize } from "./make-store.js";
import { type Timing, timeEach, timeOf, timingOf } from "./timings.js";

const OFTEN = 50;
const SOMETIMES = 20;
const SELDOM = 5;

export interface LargeStoreOptions extends StoreSize {
  /** Made if it is not there, and left; a temporary one that is deleted afterwards if not given. */
  readonly file?: string | undefined;
}

export interface LargeStoreResult {
  readonly timings: readonly Timing[];
  readonly bytes: number;
}

/** `say` is told what is being done. */
export async function measureLargeStore(
  { file, ...size }: LargeStoreOptions,
  say: (step: string) => void,
): Promise<LargeStoreResult> {
  const folder = file === undefined ? await mkdtemp(join(tmpdir(), "attune-store-")) : undefined;
  const path = file ?? join(folder!, "attune.sqlite");
  try {
    const timings: Timing[] = [];
    if (!existsSync(path)) {
      const ms = await timeOf(() => makeStore(path, size, say));
      timings.push(timingOf("make", "making this store", [ms]));
    }
    timings.push(...(await measureFile(path, size, say)));
    return { timings, bytes: statSync(path).size };
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function measureFile(
  path: string,
  size: StoreSize,
  say: (step: string) => void,
): Promise<Timing[]> {
  const url = `sqlite://${path}`;
  const raise = (error: unknown) => {
    throw error;
  };
  say("opening");
  const opened = await timeEach("open", "opening the store", Array(SELDOM).fill(url), async () => {
    await (await openStore(url, raise, { alone: true })).close();
  });
  const settings = { STORE_URL: url, COMPUTE_THREADS: "1", SEED: "1", LOG_LEVEL: "error" };
  const config = readConfig(settings);
  const log = createLog(config);
  const scope = { name: "discord", accepts: isDiscordGuild };
  let services: Services | undefined;
  const start = await timeOf(async () => {
    services = await createServices({ config, scope, clock: Date.now, log });
  });
  const started = timingOf("start", "starting the bot's services on it", [start]);
  try {
    return [opened, started, ...(await new StoreMeasures(services!, size, say).all())];
  } finally {
    await services!.close();
  }
}

class StoreMeasures {
  readonly #random: RandomGenerator = createRandomGenerator(Date.now());

  constructor(
    private readonly services: Services,
    private readonly size: StoreSize,
    private readonly say: (step: string) => void,
  ) {}

  async all(): Promise<Timing[]> {
    const { ballots, departures, memberData, store, votes } = this.services;
    const timings: Timing[] = [];
    const measure = async <Item>(
      name: string,
      description: string,
      items: readonly Item[],
      action: (item: Item) => Promise<unknown>,
    ) => {
      this.say(description);
      timings.push(await timeEach(name, description, items, action));
    };
    await measure("ballot", "the ballot of a message", this.#messages(OFTEN), (id) =>
      ballots.stored(id),
    );
    await measure("vote", "a vote, stored with its weights", this.#messages(OFTEN), (id) =>
      this.#vote(id),
    );
    await measure("undo", "taking the last vote back", this.#members(SOMETIMES), (member) =>
      undoLast(member, this.services),
    );
    await measure("status", "status of a server with 100 members", this.#members(SELDOM), (one) =>
      this.#status(one.guildId),
    );
    const large = memberAt(0, this.size.members).guildId;
    const largest = `status of a server with ${Math.floor(this.size.members / 10).toLocaleString("en")} members`;
    await measure("status-large", largest, Array(SELDOM).fill(large), (id) => this.#status(id));
    await measure("export", "everything about a person", this.#members(SOMETIMES), (member) =>
      this.#export(member),
    );
    await measure(
      "channel",
      "closing all ballots of a channel",
      this.#channels(SELDOM),
      (channel) => votes.closeWhere({ channel }),
    );
    await measure("servers", "which servers there are data of", [new Set<string>()], (none) =>
      departures.reconcile(none, () => false),
    );
    await measure("purge", "deleting what has expired", [undefined], () => ballots.purgeExpired());
    await measure("delete", "deleting everything about a person", this.#members(SOMETIMES), (one) =>
      memberData.delete(one.memberId, "everywhere"),
    );
    timings.push(...(await this.#whileErased(() => store.deletion.bytesGone())));
    return timings;
  }

  /** Votes go on until the file is through. */
  async #whileErased(erased: () => Promise<void>): Promise<Timing[]> {
    this.say("votes while the file is gone through");
    let done = false;
    const erasing = timeOf(erased).finally(() => {
      done = true;
    });
    const times: number[] = [];
    for (const id of this.#messages(1_000)) {
      if (done && times.length > 0) break;
      times.push(await timeOf(() => this.#vote(id)));
    }
    this.say("waiting for the end of it");
    return [
      timingOf("vote-meanwhile", "a vote while the deleted bytes are looked for", times),
      timingOf("erase", "until no byte of them is in the file", [await erasing]),
    ];
  }

  async #vote(messageId: string): Promise<void> {
    const { ballots, votes } = this.services;
    const ballot = await ballots.stored(messageId);
    if (ballot !== undefined) await votes.cast(messageId, ballot.memberId, "a");
  }

  #status(guildId: string): Promise<unknown> {
    const parts = { ...this.services, inHand: () => 0, languageModel: "none" };
    return statusOf(guildId, parts);
  }

  async #export({ memberId }: MemberKey): Promise<string> {
    const places = await this.services.memberData.placesOf(memberId);
    return JSON.stringify(await exportMember(memberId, places, this.services));
  }

  #members(count: number): MemberKey[] {
    const { members } = this.size;
    return this.#draw(count, members).map((member) => memberAt(member, members));
  }

  #messages(count: number): string[] {
    const all = ballotCount(this.size);
    // The older half expires next.
    const half = Math.floor(all / 2);
    return this.#draw(count, all - half).map((ballot) => messageAt(half + ballot));
  }

  #channels(count: number): string[] {
    return this.#draw(count, this.size.members).map(channelAt);
  }

  #draw(count: number, below: number): number[] {
    return Array.from({ length: count }, () => Math.floor(this.#random() * below));
  }
}
