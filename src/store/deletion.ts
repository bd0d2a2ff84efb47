/**
 * Deletes everything about a person, a member or a guild: first a tombstone is written, so that no
 * restored backup brings it back and no work begun before is stored; then the rows go, damaged ones
 * too, and then their bytes. What a killed process leaves undone is finished at the next start.
 */
import { setTimeout as wait } from "node:timers/promises";
import { consentsAfter } from "./apply-tombstones.js";
import type { Deleter, Removing, Subject } from "./deleter.js";
import type { Engine } from "./engine.js";
import { inGuilds, keysOfGuild, type MemberRow, rowsOfPerson } from "./member-rows.js";
import type { MemberKey } from "./records.js";
import { OvertakenError } from "./unchanged.js";

/** Removed with one statement: others are written in between. */
const AT_ONCE = 1_000;
/** In a large file the bytes take longer, and so does a reader in another process; the rows are gone. */
const LONGEST_WAIT_MS = 250;

export type Places = readonly string[] | "everywhere";

export interface DeletionParts {
  readonly engine: Pick<Engine, "rows">;
  readonly deleter: Deleter;
  /** Called with the error when bytes could not be erased yet. */
  readonly onError: (error: unknown) => void;
}

export class Deletion {
  #underWay = 0;
  #allWell = true;
  readonly #erasing = new Set<Promise<void>>();

  constructor(private readonly parts: DeletionParts) {}

  /** The latest time of any deletion or withdrawal of `member`: whatever is said after it has a later one. */
  lastTime(member: MemberKey): Promise<number> {
    return this.parts.deleter.lastTime(member);
  }

  /** When everything about `member` there was deleted last; 0 if it never was. Throws `StoreError`. */
  deletedAt(member: MemberKey): Promise<number> {
    return this.parts.deleter.deletedAt(member);
  }

  /** All rows about a person; only those in `places` if it names guilds. */
  async rowsOf(memberId: string, places: Places = "everywhere"): Promise<MemberRow[]> {
    return rowsIn(this.parts.engine, memberId, places);
  }

  /** Deletes everything about a person in `places`. Returns the full keys of what there was. */
  async forgetMember(memberId: string, places: Places, now: number): Promise<readonly string[]> {
    const keys = await this.#settling(async () => {
      // Never earlier than the member's last word, even if the clock goes back.
      const at = Math.max(now, ...(await this.rowsOf(memberId, places)).map(timeOfConsent));
      const ids: readonly Subject[] =
        places === "everywhere"
          ? [["person", memberId]]
          : places.map((guildId) => ["member", { guildId, memberId }]);
      return this.parts.deleter.during(ids, at, async (removing) => {
        const rows = await rowsIn(removing, memberId, places);
        return removeAll(
          removing,
          rows.map(({ key }) => key),
        );
      });
    });
    await this.#erased(tracesOf(memberId, places));
    return keys;
  }

  /** Deletes everything about the members of a guild, and the records of `others`, full keys. */
  async forgetGuild(guildId: string, others: readonly string[], at: number): Promise<void> {
    await this.#settling(() =>
      this.parts.deleter.during([["guild", guildId]], at, async (removing) => {
        for await (const keys of keysOfGuild(removing, guildId)) await removing.remove(keys);
        await removeAll(removing, others);
      }),
    );
    await this.#erased([`:${guildId}`, `"guildId":"${guildId}"`]);
  }

  /**
   * Deletes the votes and the weights of a member, with what was worked out from them; what they
   * have allowed stays, and is written again by `renewConsent`. Returns the full keys of what there was.
   */
  async forgetVotes(
    member: MemberKey,
    which: (row: MemberRow) => boolean,
    renewConsent: () => Promise<unknown>,
    at: number,
  ): Promise<readonly string[]> {
    const keys = await this.#settling(async () => {
      const removed = await this.parts.deleter.during([["reset", member]], at, async (removing) => {
        const rows = await rowsIn(removing, member.memberId, [member.guildId]);
        const gone = rows.filter(which).map(({ key }) => key);
        await removeAll(removing, gone);
        await removing.write?.(consentsAfter(rows, at));
        return gone;
      });
      await renewConsent();
      return removed;
    });
    await this.#erased([`comparison:${member.guildId}:${member.memberId}:`]);
    return keys;
  }

  /** Notes that a member has taken back what they had allowed, and does it by `write`. */
  async withdraw(
    kind: "refused" | "unpooled",
    member: MemberKey,
    at: number,
    write: () => Promise<boolean>,
  ): Promise<boolean> {
    const done = await this.#settling(async () => {
      await this.parts.deleter.note(kind, member, at);
      return write().catch(overtaken);
    });
    if (done instanceof OvertakenError) throw done;
    return done;
  }

  /** Resolves when the bytes of all that was deleted until now are destroyed, or could not be. */
  async bytesGone(): Promise<void> {
    await Promise.all(this.#erasing);
  }

  async #erased(traces: readonly string[]): Promise<void> {
    const erased = this.#erase(traces);
    this.#erasing.add(erased);
    void erased.finally(() => this.#erasing.delete(erased));
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
    await this.parts.deleter.erase(traces).catch(this.parts.onError);
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
      this.#underWay--;
      if (this.#underWay === 0 && this.#allWell) {
        await this.parts.deleter.settle().catch(this.parts.onError);
      }
    }
  }
}

async function rowsIn(
  engine: Pick<Engine, "rows">,
  memberId: string,
  places: Places,
): Promise<MemberRow[]> {
  const rows = await rowsOfPerson(engine, memberId);
  return places === "everywhere" ? rows : inGuilds(rows, places);
}

/** Returns `keys`. */
async function removeAll(removing: Removing, keys: readonly string[]): Promise<readonly string[]> {
  for (let first = 0; first < keys.length; first += AT_ONCE) {
    await removing.remove(keys.slice(first, first + AT_ONCE));
  }
  return keys;
}

/** Whoever is overtaken does it again: nothing is left undone. */
function overtaken(error: unknown): OvertakenError {
  if (error instanceof OvertakenError) return error;
  throw error;
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
