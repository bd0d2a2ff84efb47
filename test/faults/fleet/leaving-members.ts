/** Members who use everything, of whom one after the other has everything deleted; and that nothing comes back. */
import { setTimeout as sleep } from "node:timers/promises";
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { LoopbackDiscord } from "../../support/loopback-discord/loopback-discord.js";
import type { Channel } from "../../support/loopback-discord/world.js";
import { BusyMember } from "../deletion-members.js";
import type { Query } from "./stored-lists.js";

const AT_ONCE = 3;
const LATEST_MS = 2_000;

/** One pattern for all of them: with one for each, a long run would do little else than look. */
const FOUND = "SELECT key FROM attune WHERE member = ANY($1::text[]) OR key ~ $2 OR value ~ $2";

export class LeavingMembers {
  /** Whose deletion was confirmed. */
  readonly deleted: BusyMember[] = [];
  unconfirmed = 0;
  #members: BusyMember[] = [];
  readonly #forgotten: BusyMember[] = [];
  #made = 0;

  constructor(
    private readonly discord: LoopbackDiscord,
    private readonly channels: readonly Channel[],
    private readonly random: RandomGenerator,
  ) {}

  /** Goes on until `signal`; meanwhile one has everything deleted. */
  async act(signal: AbortSignal): Promise<void> {
    while (this.#members.length < AT_ONCE) this.#members.push(this.#newMember());
    for (const member of this.#members) member.forgetOpen();
    await Promise.all([...this.#members.map((one) => one.act(signal)), this.#deleteOne(signal)]);
  }

  /** What the store has of those whose deletion was confirmed. */
  async look(query: Query): Promise<string[]> {
    const ids = this.deleted.map(({ user }) => user.id);
    if (ids.length === 0) return [];
    const found = await query<{ key: string }>(FOUND, [ids, `(?:${ids.join("|")})`]);
    return found.map(({ key }) => `${key} is of somebody who has had everything deleted`);
  }

  /** From now on nothing is expected of them. */
  forgetDeleted(): void {
    this.#forgotten.push(...this.deleted.splice(0));
  }

  /** How many deletions were confirmed. */
  get count(): number {
    return this.deleted.length + this.#forgotten.length;
  }

  /** Whether `memberId` is one of them. */
  includes(memberId: string): boolean {
    return [...this.#members, ...this.deleted, ...this.#forgotten].some(
      ({ user }) => user.id === memberId,
    );
  }

  async #deleteOne(signal: AbortSignal): Promise<void> {
    await sleep(this.random() * LATEST_MS);
    if (signal.aborted) return;
    const member = this.#members.shift()!;
    if (await member.deleteAll(signal)) this.deleted.push(member);
    else {
      this.unconfirmed++;
      this.#members.push(member);
    }
  }

  #newMember(): BusyMember {
    const user = this.discord.world.addUser(`leaving${this.#made++}`);
    return new BusyMember(user, this.channels, this.discord, this.random);
  }
}
