/**
 * In which language somebody is spoken to. An interaction carries the locale of its member's client; for
 * messages and ballots it is the one last seen, then what the server chose, its locale, and the default.
 */
import type { Client } from "discord.js";
import type { Config } from "../../config.js";
import type { GuildSettings } from "../../guilds/guild-settings.js";
import { languageOf, spokenLanguage } from "../../language/languages.js";
import { type Say, speakerOf } from "../../language/say.js";
import type { MemberLanguages } from "../../members/member-languages.js";
import type { MemberKey } from "../../store/records.js";
import { unlessStoreIsDown } from "../../store/unless-store-is-down.js";
import { memberOf } from "./addressing.js";

export interface SpeechParts {
  readonly client: Client;
  readonly languages: MemberLanguages;
  readonly guildSettings: Pick<GuildSettings, "get">;
  readonly config: Pick<Config, "defaultLanguage">;
}

/** Who calls, as an interaction says it. */
export interface Caller {
  readonly guildId: string | null;
  readonly locale: string;
  readonly user: { readonly id: string };
}

export class Speech {
  constructor(private readonly parts: SpeechParts) {}

  /** For what a member is told without having called anything: a reply to a message, a ballot. */
  async to(member: MemberKey): Promise<Say> {
    const [own, ofPlace] = await Promise.all([
      this.parts.languages.of(member),
      this.#ofPlace(member.guildId),
    ]);
    return speakerOf(own ?? languageOf(...ofPlace));
  }

  /** For what the admins of a server read. */
  async toServer(guildId: string): Promise<Say> {
    return speakerOf(languageOf(...(await this.#ofPlace(guildId))));
  }

  /** For the answer to an interaction. Its language is remembered. */
  async toCaller(caller: Caller): Promise<Say> {
    const own = spokenLanguage(caller.locale);
    if (own === undefined) return speakerOf(languageOf(...(await this.#ofPlace(caller.guildId))));
    this.parts.languages.saw(memberOf(caller, caller.user.id), own);
    return speakerOf(own);
  }

  /** Stores the language of the caller, if they allow it, once the interaction has had its effect. */
  async remember(caller: Caller): Promise<void> {
    await this.parts.languages.store(memberOf(caller, caller.user.id));
  }

  async #ofPlace(guildId: string | null): Promise<readonly (string | undefined)[]> {
    const settings = await unlessStoreIsDown(this.parts.guildSettings.get(guildId));
    const { client, config } = this.parts;
    const guild = client.guilds.cache.get(guildId ?? "");
    return [settings?.language, guild?.preferredLocale, config.defaultLanguage];
  }
}
