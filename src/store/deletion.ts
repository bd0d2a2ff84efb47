/**
 * Deletes everything about a person, a member or a guild: first a tombstone is written, so that no
 * restored backup brings it back and no work begun before is stored; then the rows go, damaged ones
 * too, and then their bytes. What a killed process leaves undone is finished at the next start.
 */
import { setTimeout as wait } from "node:timers/promises";
import { inGuilds, keysOfGuild, type MemberRow, rowsOfPerson } from "./member-rows.js";
import type { MemberKey } from "./records.js";
import type { BatchedSqlite } from "./sqlite/batched-sqlite.js";
import type { Erasure } from "./sqlite/erasure.js";
import type { TombstoneKind, Tombstones } from "./tombstones.js";

/** Removed with one statement: others are written in between. */
const AT_ONCE = 1_000;
/** A reader in another process may hold the bytes for longer; the rows are gone, and the caller goes on. */
const LONGEST_WAIT_MS = 10_000;

export type Places = readonly string[] | "everywhere";

/** What is deleted: a person, a member of a guild, a guild, or a member's votes. */
type Subject = readonly [kind: TombstoneKind, id: MemberKey | string];

export interface DeletionParts {
  readonly engine: BatchedSqlite;
  readonly tombstones: Tombstones;
  readonly erasure: Erasure;
  /** Removes the rows of these full keys, from caches as well. */
  readonly remove: (keys: readonly string[]) => Promise<void>;
  /** Notes that all tombstones so far are done. */
  readonly settle: () => Promise<void>;
  /** The error for `cause`, of a file that can't be written. */
  readonly failed: (cause: unknown) => Error;
  /** Called with the error when bytes could not be erased yet. */
  readonly onError: (error: unknown) => void;
}

export class Deletion {
  #underWay = 0;
  #allWell = true;

  constructor(private readonly parts: DeletionParts) {}

  /** The latest time of any deletion or withdrawal of `member`: whatever is said after it has a later one. */
  async lastTime(member: MemberKey): Promise<number> {
    return this.parts.tombstones.lastTime(member);
  }

  /** All rows about a person; only those in `places` if it names guilds. */
  async rowsOf(memberId: string, places: Places = "everywhere"): Promise<MemberRow[]> {
    const rows = await rowsOfPerson(this.parts.engine, memberId);
    return places === "everywhere" ? rows : inGuilds(rows, places);
  }

  /** Deletes everything about a person in `places`. Returns the full keys of what there was. */
  forgetMember(memberId: string, places: Places, now: number): Promise<readonly string[]> {
    return this.#settling(async () => {
      // Never earlier than the member's last word, even if the clock goes back.
      const at = Math.max(now, ...(await this.rowsOf(memberId, places)).map(timeOfConsent));
      const ids: readonly Subject[] =
        places === "everywhere"
          ? [["person", memberId]]
          : places.map((guildId) => ["member", { guildId, memberId }]);
      const keys = await this.#during(ids, at, async () => {
        const rows = await this.rowsOf(memberId, places);
        return this.#remove(rows.map(({ key }) => key));
      });
      await this.#erased(tracesOf(memberId, places));
      return keys;
    });
  }

  /** Deletes everything about the members of a guild, and the records of `others`, full keys. */
  forgetGuild(guildId: string, others: readonly string[], at: number): Promise<void> {
    return this.#settling(async () => {
      await this.#during([["guild", guildId]], at, async () =>
        this.#remove([...(await keysOfGuild(this.parts.engine, guildId)), ...others]),
      );
      await this.#erased([`:${guildId}`, `"guildId":"${guildId}"`]);
    });
  }

  /**
   * Deletes the votes and the weights of a member, with what was worked out from them; what they
   * have allowed stays, and is written again by `renewConsent`. Returns the full keys of what there was.
   */
  forgetVotes(
    member: MemberKey,
    which: (row: MemberRow) => boolean,
    renewConsent: () => Promise<unknown>,
    at: number,
  ): Promise<readonly string[]> {
    return this.#settling(async () => {
      const keys = await this.#during([["reset", member]], at, async () => {
        const rows = await this.rowsOf(member.memberId, [member.guildId]);
        return this.#remove(rows.filter(which).map(({ key }) => key));
      });
      await renewConsent();
      await this.#erased([`comparison:${member.guildId}:${member.memberId}:`]);
      return keys;
    });
  }

  /** Notes that a member has taken back what they had allowed, and does it by `write`. */
  withdraw(
    kind: "refused" | "unpooled",
    member: MemberKey,
    at: number,
    write: () => Promise<boolean>,
  ) {
    return this.#settling(async () => {
      this.#noting(() => this.parts.tombstones.note(kind, member, at));
      return write();
    });
  }

  /**
   * Notes what is deleted, and does `action`, while nothing about it is written: what was begun before
   * is in the file, or will never be, and so is what is begun meanwhile.
   */
  async #during<Result>(
    subjects: readonly Subject[],
    at: number,
    action: () => Promise<Result>,
  ): Promise<Result> {
    const { engine, tombstones } = this.parts;
    const ends: (() => void)[] = [];
    try {
      for (const [kind, id] of subjects) {
        ends.push(this.#noting(() => tombstones.begin(kind, id, at)));
      }
      await engine.betweenWrites(async () => undefined);
      return await action();
    } finally {
      for (const end of ends) end();
    }
  }

  #noting<Result>(note: () => Result): Result {
    try {
      return note();
    } catch (cause) {
      throw this.parts.failed(cause);
    }
  }

  /** Returns `keys`. */
  async #remove(keys: readonly string[]): Promise<readonly string[]> {
    for (let first = 0; first < keys.length; first += AT_ONCE) {
      await this.parts.remove(keys.slice(first, first + AT_ONCE));
    }
    return keys;
  }

  async #erased(traces: readonly string[]): Promise<void> {
    const erased = this.#erase(traces);
    const enough = new AbortController();
    const { signal } = enough;
    await Promise.race([
      erased,
      wait(LONGEST_WAIT_MS, undefined, { signal, ref: false }).catch(() => undefined),
    ]);
    enough.abort();
  }

  /** Never throws; until it is done the next start will do it again. */
  async #erase(traces: readonly string[]): Promise<void> {
    this.#underWay++;
    try {
      await this.parts.erasure.erase(traces);
    } catch (error) {
      this.#allWell = false;
      this.parts.onError(error);
    }
    await this.#ended();
  }

  /** Does `action`, and marks the tombstones as done once all that are under way are. */
  async #settling<Result>(action: () => Promise<Result>): Promise<Result> {
    this.#underWay++;
    let well = false;
    try {
      const result = await action();
      well = true;
      return result;
    } finally {
      this.#allWell &&= well;
      await this.#ended();
    }
  }

  async #ended(): Promise<void> {
    this.#underWay--;
    if (this.#underWay > 0 || !this.#allWell) return;
    await this.parts.settle().catch(this.parts.onError);
  }
}

/** As a member's rows have them; the bare id if no other row may have it. */
function tracesOf(memberId: string, places: Places): string[] {
  if (places === "everywhere") return [memberId];
  return places.flatMap((guildId) => [
    `${guildId}:${memberId}`,
    `${memberId}:${guildId}`,
    `"guildId":"${guildId}","memberId":"${memberId}"`,
  ]);
}

/** When a member last said what they allow; 0 for rows that don't say. */
function timeOfConsent({ key, value }: MemberRow): number {
  if (!key.startsWith("consent:")) return 0;
  try {
    const { at } = (JSON.parse(value.toString()) as { value: { at?: unknown } }).value;
    return typeof at === "number" && Number.isFinite(at) ? at : 0;
  } catch {
    return 0;
  }
}
