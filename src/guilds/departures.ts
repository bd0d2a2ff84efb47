/**
 * Servers that the bot was removed from: their data are deleted after a grace period, in case the
 * removal was a mistake. A server that is merely unavailable has not removed anybody.
 */
import type { Clock } from "../shared/time.js";
import { changeRecord } from "../store/change-record.js";
import { UNKNOWN_GUILD } from "../store/engine.js";
import { deleteGuildData } from "../store/guild-data.js";
import { DIRECT_MESSAGES_GUILD, isDiscordGuild } from "../store/ids.js";
import { memberOfKey } from "../store/keys.js";
import type { DepartureRecord } from "../store/records.js";
import type { Store } from "../store/store.js";

export interface DeparturesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly graceMs: number;
}

export class Departures {
  constructor(private readonly options: DeparturesOptions) {}

  /** The bot was removed from the server. */
  async left(guildId: string): Promise<void> {
    const { clock, store } = this.options;
    await changeRecord(
      { store, repository: store.departures, key: guildId },
      async (left, write) => left !== undefined || write({ leftAt: clock() }),
    );
  }

  /** The bot is on the server, again or still. */
  async present(guildId: string): Promise<void> {
    await this.options.store.departures.delete(guildId);
  }

  /**
   * After the bot was away: servers with data that are not among `present` (which includes unavailable
   * ones) have removed the bot. Only those for which `isSeen` is true: what happens on the others
   * reaches another process.
   */
  async reconcile(
    present: ReadonlySet<string>,
    isSeen: (guildId: string) => boolean,
  ): Promise<void> {
    const known = new Set<string>();
    for await (const guildId of this.options.store.departures.keys()) known.add(guildId);
    for (const guildId of known) if (present.has(guildId)) await this.present(guildId);
    for (const guildId of await this.#guildsWithData()) {
      const isMissed = isSeen(guildId) && !present.has(guildId);
      if (isMissed && !known.has(guildId)) await this.left(guildId);
    }
  }

  /** Deletes the data of servers whose grace period is over. Returns their ids. */
  async purge(): Promise<string[]> {
    const { store, clock, graceMs } = this.options;
    const isOver = ({ leftAt }: DepartureRecord) => leftAt + graceMs <= clock();
    const due: string[] = [];
    for await (const [guildId, left] of store.departures.entries()) {
      if (isOver(left)) due.push(guildId);
    }
    const gone: string[] = [];
    for (const guildId of due) {
      // The others may have taken long, and another process may have seen the bot come back meanwhile.
      const left = await store.departures.get(guildId);
      if (left === undefined || !isOver(left)) continue;
      await deleteGuildData(store, guildId, clock());
      gone.push(guildId);
    }
    return gone;
  }

  async #guildsWithData(): Promise<Set<string>> {
    const { store } = this.options;
    const guilds = new Set<string>();
    for (const kind of [store.profiles, store.comparisons]) {
      for await (const prefix of kind.beginnings(1)) guilds.add(memberOfKey(prefix).guildId);
    }
    // Of ballots and replies too.
    for await (const guildId of store.consents.distinct("guild")) guilds.add(guildId);
    for await (const guildId of store.settings.keys()) guilds.add(guildId);
    for (const none of [DIRECT_MESSAGES_GUILD, UNKNOWN_GUILD]) guilds.delete(none);
    return new Set([...guilds].filter(isDiscordGuild));
  }
}
