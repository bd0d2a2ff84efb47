/** How the bot appears in each channel of a server: a persona and a model. No Discord, no store. */
import { type PlaceRecord, type SettingsRecord, WHOLE_SERVER } from "../store/records.js";

/** Longer ones cost too many tokens in every answer. */
export const LONGEST_PERSONA = 1_000;
/** A server's record stays small. */
export const MOST_PLACES = 50;

/** What counts where a message was written. */
export interface PlaceStyle {
  readonly persona?: string;
  /** One of those that the owner allows. */
  readonly model?: string;
}

type Places = NonNullable<SettingsRecord["places"]>;

/** Thrown when a server has chosen something for too many channels. */
export class TooManyPlacesError extends Error {
  override readonly name = "TooManyPlacesError";

  constructor() {
    super(`A server may have ${MOST_PLACES} channels with choices of their own.`);
  }
}

/**
 * What counts in a channel, or a thread of `parentId`: the channel's own choice, else its parent's, else
 * the server's. A model that is not among `allowed` any more is left out.
 */
export function styleIn(
  places: Places | undefined,
  channelId: string,
  parentId: string | null,
  allowed: readonly string[],
): PlaceStyle {
  const keys = [channelId, ...(parentId === null ? [] : [parentId]), WHOLE_SERVER];
  const records = keys.map((key) => places?.[key] ?? {});
  const persona = records.find((record) => record.persona !== undefined)?.persona;
  const model = records.find((record) => record.model !== undefined)?.model;
  return {
    ...(persona !== undefined && { persona }),
    ...(model !== undefined && allowed.includes(model) && { model }),
  };
}

/**
 * `places` with `change` for `key`; undefined takes a choice back. Undefined where nothing is left.
 * Throws {@link TooManyPlacesError}.
 */
export function withPlace(
  places: Places | undefined,
  key: string,
  change: { readonly [Name in keyof PlaceRecord]?: PlaceRecord[Name] | undefined },
): Places | undefined {
  const merged = Object.entries({ ...places?.[key], ...change });
  const record: PlaceRecord = Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  const others = Object.entries(places ?? {}).filter(([one]) => one !== key);
  if (Object.keys(record).length > 0) others.push([key, record]);
  if (others.length > MOST_PLACES) throw new TooManyPlacesError();
  return others.length === 0 ? undefined : Object.fromEntries(others);
}
