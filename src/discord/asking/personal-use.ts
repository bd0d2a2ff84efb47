/**
 * Whether somebody may ask the bot outside of its servers, where they take it along as their own app:
 * whoever runs the bot decides, because every answer costs them.
 */
import { type Client, DiscordAPIError, RESTJSONErrorCodes, Routes } from "discord.js";
import { LRUCache } from "lru-cache";
import type { UserInstall } from "../../config.js";
import type { OwnShards } from "../../guilds/shards.js";
import type { Log } from "../../shared/log.js";
import type { Clock } from "../../shared/time.js";
import { DIRECT_MESSAGES_GUILD } from "../../store/ids.js";
import { isGone, logFailure } from "../gateway/discord-errors.js";
import type { Owners } from "../interactions/owners.js";

/** Servers that are asked for one member, each with one request. */
const MOST_SERVERS = 25;
const MEMBER_MS = 60 * 60 * 1000;
/** Somebody who has just joined a server is not turned away for long. */
const STRANGER_MS = 60 * 1000;
const MOST_REMEMBERED = 10_000;
const NOT_THERE: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownUser,
]);

/** A sentence of the catalogue. */
export type PersonalRefusal = "asking.notAway" | "asking.membersOnly" | "asking.notSure";

export interface PersonalUseParts {
  readonly setting: UserInstall;
  readonly client: Client;
  readonly shards: Pick<OwnShards, "isAll" | "isOurs">;
  readonly owners: Pick<Owners, "include">;
  /** The servers on which something about the person is stored: they are asked first. */
  readonly placesOf: (memberId: string) => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly log: Log;
}

export class PersonalUse {
  readonly #members: LRUCache<string, boolean>;

  constructor(private readonly parts: PersonalUseParts) {
    const options = { perf: { now: parts.clock }, ttlResolution: 0 };
    this.#members = new LRUCache({ max: MOST_REMEMBERED, ttl: MEMBER_MS, ...options });
  }

  /** Why `memberId` may not; undefined if they may. */
  async refusal(memberId: string): Promise<PersonalRefusal | undefined> {
    const { setting, owners } = this.parts;
    if (setting === "on" || (await owners.include(memberId))) return undefined;
    if (setting === "off") return "asking.notAway";
    const isMember = await this.#isMember(memberId);
    if (isMember === undefined) return "asking.notSure";
    return isMember ? undefined : "asking.membersOnly";
  }

  /**
   * The same for direct messages with the bot, which reach it only from its servers' members, and from
   * whoever has it as their own app. While Discord does not say who is what, everybody is answered.
   */
  async refusalInDirect(memberId: string): Promise<PersonalRefusal | undefined> {
    const { setting, owners, shards } = this.parts;
    if (setting === "on" || this.#isOnNoServer) return undefined;
    const isMember = await this.#isMember(memberId);
    // Somebody may have come from a server that only another process sees.
    if (isMember !== false || !shards.isAll || (await owners.include(memberId))) return undefined;
    return "asking.membersOnly";
  }

  /** A bot that is on no server yet is being tried out. */
  get #isOnNoServer(): boolean {
    const { client, shards } = this.parts;
    return shards.isAll && client.guilds.cache.size === 0;
  }

  async #isMember(memberId: string): Promise<boolean | undefined> {
    const known = this.#members.get(memberId);
    if (known !== undefined) return known;
    const isMember = await this.#look(memberId);
    if (isMember === undefined) return undefined;
    this.#members.set(memberId, isMember, { ttl: isMember ? MEMBER_MS : STRANGER_MS });
    return isMember;
  }

  /** Undefined if Discord does not say. */
  async #look(memberId: string): Promise<boolean | undefined> {
    let isCertain = true;
    for (const guildId of await this.#serversFor(memberId)) {
      const isMember = await this.#isOn(guildId, memberId);
      if (isMember) return true;
      if (isMember === undefined) isCertain = false;
    }
    return isCertain ? false : undefined;
  }

  async #serversFor(memberId: string): Promise<readonly string[]> {
    const { client, placesOf, shards } = this.parts;
    const guilds = client.guilds.cache;
    // Servers on the shards of other processes are not in the cache.
    const likely = (await placesOf(memberId)).filter(
      (id) => guilds.has(id) || (id !== DIRECT_MESSAGES_GUILD && !shards.isOurs(id)),
    );
    return [...new Set([...likely, ...guilds.keys()])].slice(0, MOST_SERVERS);
  }

  async #isOn(guildId: string, memberId: string): Promise<boolean | undefined> {
    const { client, log } = this.parts;
    if (client.guilds.cache.get(guildId)?.members.cache.has(memberId)) return true;
    try {
      await client.rest.get(Routes.guildMember(guildId, memberId));
      return true;
    } catch (error) {
      if (error instanceof DiscordAPIError && NOT_THERE.has(error.code)) return false;
      // Another process's server that the bot has left.
      if (!client.guilds.cache.has(guildId) && isGone(error)) return false;
      logFailure(log, { event: "ask.member-unknown", guildId }, error);
      return undefined;
    }
  }
}
