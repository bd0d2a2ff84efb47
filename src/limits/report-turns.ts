/** How often a problem may be reported: by one member, and on one server by all of them. */
import type { Clock } from "../shared/time.js";
import { Cooldown } from "./cooldown.js";
import { MinuteCounts } from "./minute-counts.js";

/** Between two reports of one member on one server. */
const PAUSE_MS = 5 * 60_000;
const MOST_IN_A_MINUTE = 5;
const MINUTE_MS = 60_000;

export class ReportTurns {
  readonly #members: Cooldown;
  readonly #servers: MinuteCounts;

  constructor(private readonly clock: Clock) {
    this.#members = new Cooldown(PAUSE_MS, clock);
    this.#servers = new MinuteCounts(clock);
  }

  /** When the member may report again; undefined for now. */
  next(guildId: string, memberId: string): number | undefined {
    const now = this.clock();
    const isFull = this.#servers.of(guildId) >= MOST_IN_A_MINUTE;
    const nextMinute = now - (now % MINUTE_MS) + MINUTE_MS;
    return this.#members.next(`${guildId}:${memberId}`) ?? (isFull ? nextMinute : undefined);
  }

  /** Takes the member's turn; if it is too early, takes nothing and returns when the turn comes. */
  claim(guildId: string, memberId: string): number | undefined {
    const next = this.next(guildId, memberId);
    if (next !== undefined) return next;
    this.#servers.add(guildId);
    return this.#members.claim(`${guildId}:${memberId}`);
  }

  /** Gives back the turn for a report that did not arrive. */
  release(guildId: string, memberId: string): void {
    this.#members.release(`${guildId}:${memberId}`);
  }
}
