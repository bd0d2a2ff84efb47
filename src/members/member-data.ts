/** Everything that is stored about one person, on all servers: listed, exported, deleted. */

import type { Ballots } from "../ballots/ballots.js";
import type { ReplyNotes } from "../ballots/reply-notes.js";
import type { Clock } from "../shared/time.js";
import type { Places } from "../store/deletion.js";
import type { MemberRow } from "../store/member-rows.js";
import { isDamaged, SCHEMAS } from "../store/record-schemas.js";
import type { BallotRecord, MemberKey } from "../store/records.js";
import type { Store } from "../store/store.js";
import type { Consents } from "./consents.js";
import type { ServerMeans } from "./server-means.js";

const BALLOT = "ballot:";
const REPLY = "reply:";
const COMPARISON = "comparison:";

/** Does whatever else has to be done when a person has everything deleted. It must not pass the ids on. */
export type DeletionListener = (memberId: string, places: Places) => Promise<void> | void;

export interface MemberDataParts {
  readonly store: Store;
  readonly consents: Consents;
  readonly ballots: Ballots;
  readonly replyNotes: ReplyNotes;
  readonly serverMeans: ServerMeans;
  readonly clock: Clock;
}

export interface Deletion {
  readonly places: number;
  readonly votes: number;
  readonly ballots: number;
}

export class MemberData {
  readonly #listeners: DeletionListener[] = [];

  constructor(private readonly parts: MemberDataParts) {}

  /** From now on `listener` is called after everything about a person was deleted. */
  onDeletion(listener: DeletionListener): void {
    this.#listeners.push(listener);
  }

  /** The guilds in which anything is stored about the person; direct messages count as one. */
  async placesOf(memberId: string): Promise<string[]> {
    const rows = await this.parts.store.deletion.rowsOf(memberId);
    const guilds = rows.flatMap(({ guildId }) => (guildId === undefined ? [] : [guildId]));
    return [...new Set(guilds)].sort();
  }

  /** All rows about the member as they are stored, damaged ones too. */
  rowsOf({ guildId, memberId }: MemberKey): Promise<MemberRow[]> {
    return this.parts.store.deletion.rowsOf(memberId, [guildId]);
  }

  /** The member's ballots with their texts, expired ones included. */
  async ballotsOf(member: MemberKey): Promise<[messageId: string, ballot: BallotRecord][]> {
    const found: [string, BallotRecord][] = [];
    for (const messageId of idsOf(BALLOT, keysOf(await this.rowsOf(member)))) {
      const ballot = await this.parts.ballots.stored(messageId);
      if (ballot !== undefined) found.push([messageId, ballot]);
    }
    return found;
  }

  /**
   * Deletes everything in `places`, damaged records too, so that no byte of it stays in the store's
   * files. Work on the person that is under way is not stored any more.
   */
  async delete(memberId: string, places: Places): Promise<Deletion> {
    const { store, clock } = this.parts;
    const keys = await store.deletion.forgetMember(memberId, places, clock());
    this.#dropFromMemory(keys);
    for (const listener of this.#listeners) await listener(memberId, places);
    const guilds = places === "everywhere" ? new Set(keys.flatMap(guildsOf)).size : places.length;
    return {
      places: guilds,
      votes: idsOf(COMPARISON, keys).length,
      ballots: idsOf(BALLOT, keys).length,
    };
  }

  /**
   * Deletes the member's votes and weights, and what was worked out from them: also the ballots that
   * have a vote, and those whose answers were asked for in a manner that the weights told. Other
   * questions that stand, and what was allowed, stay. Returns how many votes there were.
   */
  async reset(member: MemberKey): Promise<number> {
    const { store, consents, clock } = this.parts;
    const renew = () => consents.renew(member);
    const at = Math.max(clock(), (await consents.get(member))?.at ?? 0);
    const keys = await store.deletion.forgetVotes(member, isOfVotes, renew, at);
    this.#dropFromMemory(keys);
    return idsOf(COMPARISON, keys).length;
  }

  /** Drops what is in memory too. */
  #dropFromMemory(keys: readonly string[]): void {
    this.parts.ballots.drop(idsOf(BALLOT, keys));
    this.parts.replyNotes.drop(idsOf(REPLY, keys));
    this.parts.serverMeans.forget();
  }
}

/** Whether a reset deletes the row; of ballots those that have a vote, tell of a taste, or are damaged. */
function isOfVotes({ key, value }: MemberRow): boolean {
  if (!key.startsWith(BALLOT)) return /^(?:comparison|profile|reply):/.test(key);
  if (isDamaged(key, value.toString(), SCHEMAS.ballot)) return true;
  const { candidates, choices } = (JSON.parse(value.toString()) as { value: BallotRecord }).value;
  return choices.length > 0 || candidates.some(({ manner }) => manner?.directives.length);
}

function keysOf(rows: readonly MemberRow[]): string[] {
  return rows.map(({ key }) => key);
}

/** What follows `prefix` in those of `keys` that begin with it. */
function idsOf(prefix: string, keys: readonly string[]): string[] {
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

function guildsOf(key: string): string[] {
  const [namespace, first = "", second = ""] = key.split(":");
  if (namespace === "consent") return [second];
  return namespace === "ballot" || namespace === "reply" ? [] : [first];
}
