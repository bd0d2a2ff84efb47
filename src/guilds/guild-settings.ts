/** What the admin of each server has chosen, and how it reads. Knows the store; nothing of Discord. */
import AsyncLock from "async-lock";
import type { Config } from "../config.js";
import { languageName } from "../language/languages.js";
import type { Say } from "../language/say.js";
import { changeRecord } from "../store/change-record.js";
import { type SettingsRecord, WHOLE_SERVER } from "../store/records.js";
import type { Store } from "../store/store.js";
import { type PlaceStyle, styleIn, withPlace } from "./places.js";

/** Many channels have to fit into one message. */
const SHOWN_OF_PERSONA = 60;
const MOST_PLACES_SHOWN = 10;

/** A new value for each of the settings given; undefined takes one back to its default. */
export type SettingsChange = {
  readonly [Name in keyof SettingsRecord]?: SettingsRecord[Name] | undefined;
};

/** A new persona or model for a place; undefined takes one back. */
export type PlaceStyleChange = {
  readonly [Name in keyof PlaceStyle]?: PlaceStyle[Name] | undefined;
};

/** What counts in a channel. */
export interface Place {
  readonly maySpeak: boolean;
  readonly style: PlaceStyle;
}

export class GuildSettings {
  readonly #lock = new AsyncLock();

  /** `models` are those that the owner allows beside the main one. */
  constructor(
    private readonly store: Pick<Store, "settings" | "writeTogether">,
    private readonly models: readonly string[] = [],
  ) {}

  async get(guildId: string | null): Promise<SettingsRecord> {
    return (guildId !== null && (await this.store.settings.get(guildId))) || {};
  }

  /** Changes some of the settings and leaves the others. Returns all of them. */
  change(guildId: string, change: SettingsChange): Promise<SettingsRecord> {
    return this.#change(guildId, (settings) => {
      const merged = Object.entries({ ...settings, ...change });
      return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
    });
  }

  /** What counts in the channel, or in the thread of the channel `parentId`. */
  async placeOf(
    guildId: string | null,
    channelId: string,
    parentId: string | null,
  ): Promise<Place> {
    const { channelIds, places } = await this.get(guildId);
    const isAmong = (id: string | null) => id !== null && channelIds?.includes(id) === true;
    return {
      maySpeak: channelIds === undefined || isAmong(channelId) || isAmong(parentId),
      style: styleIn(places, channelId, parentId, this.models),
    };
  }

  /** How the bot appears there. */
  async styleIn(
    guildId: string | null,
    channelId: string,
    parentId: string | null,
  ): Promise<PlaceStyle> {
    return (await this.placeOf(guildId, channelId, parentId)).style;
  }

  /** Changes how the bot appears in a channel, or under `WHOLE_SERVER`. Throws `TooManyPlacesError`. */
  async changePlace(guildId: string, key: string, change: PlaceStyleChange): Promise<void> {
    await this.#change(guildId, ({ places: before, ...rest }) => {
      const places = withPlace(before, key, change);
      return { ...rest, ...(places && { places }) };
    });
  }

  /** Whether the bot may speak there. */
  async maySpeak(
    guildId: string | null,
    channelId: string,
    parentId: string | null,
  ): Promise<boolean> {
    return (await this.placeOf(guildId, channelId, parentId)).maySpeak;
  }

  #change(
    guildId: string,
    next: (settings: SettingsRecord) => SettingsRecord,
  ): Promise<SettingsRecord> {
    const { store } = this;
    const change = { store, repository: store.settings, key: guildId };
    return this.#lock.acquire(guildId, () =>
      changeRecord(change, async (settings = {}, write) => {
        const changed = next(settings);
        await write(changed);
        return changed;
      }),
    );
  }
}

/** All settings of a server, a line each. */
export function settingsText(
  settings: SettingsRecord,
  defaults: Pick<Config, "questionsPerDay">,
  say: Say,
): string {
  const { channelIds, language, pooledTraining, questionsPerDay, reportChannelId } = settings;
  const channels = channelIds?.map((id) => `<#${id}>`).join(", ") ?? say("settings.everywhere");
  const questions =
    questionsPerDay ?? say("settings.defaultQuestions", { questions: defaults.questionsPerDay });
  return [
    say("settings.channels", { channels }),
    say("settings.questions", { questions }),
    say(pooledTraining === false ? "settings.poolingNotAllowed" : "settings.poolingAllowed"),
    say("settings.reports", {
      channel: reportChannelId === undefined ? say("settings.nowhere") : `<#${reportChannelId}>`,
    }),
    ...placesText(settings.places, say),
    say("settings.language", {
      language:
        language === undefined
          ? say("settings.serverLanguage")
          : languageName(language, say.language),
    }),
  ].join("\n");
}

/** What admins have chosen for each place, the whole server first. */
function placesText(places: SettingsRecord["places"], say: Say): string[] {
  const keys = Object.keys(places ?? {}).sort((key) => (key === WHOLE_SERVER ? -1 : 1));
  const lines = keys.flatMap((key) => {
    const { persona, model } = places![key]!;
    const place = key === WHOLE_SERVER ? say("places.wholeServer") : `<#${key}>`;
    return [
      ...(persona === undefined
        ? []
        : [say("places.persona", { place, persona: shortened(persona) })]),
      ...(model === undefined ? [] : [say("places.model", { place, model: `\`${model}\`` })]),
    ];
  });
  const more = lines.length - MOST_PLACES_SHOWN;
  return more <= 0
    ? lines
    : [...lines.slice(0, MOST_PLACES_SHOWN), say("places.more", { count: more })];
}

/** The beginning, in one line of code: nothing in it is a link or formatting. */
function shortened(persona: string): string {
  const line = persona.replace(/\s+/g, " ").replaceAll("`", "'");
  const shown = line.length > SHOWN_OF_PERSONA ? `${line.slice(0, SHOWN_OF_PERSONA)}…` : line;
  return `\`${shown}\``;
}
