/** Who gives up their place when too many wait for an answer. Knows no queue: places come in. */
import { DIRECT_MESSAGES_GUILD } from "../store/ids.js";
import type { Asker } from "./limits.js";

/** One that waits, or wants to. */
export interface Place {
  readonly asker: Asker;
}

/** What a question counts against: direct messages are one server, in which each person is a channel. */
export function turnOf({ guildId, channelId, memberId }: Asker) {
  const isDirect = guildId === DIRECT_MESSAGES_GUILD;
  return { server: guildId, channel: isDirect ? memberId : channelId, member: memberId };
}

/**
 * The last of the member with most places, in the channel with most, on the server with most: so
 * nobody loses a place to somebody who has more. `places` are in order of arrival, not empty.
 */
export function whoGivesWay<Waiting extends Place>(places: readonly Waiting[]): Waiting {
  const server = largestGroup(places, ({ asker }) => turnOf(asker).server);
  const channel = largestGroup(server, ({ asker }) => turnOf(asker).channel);
  return largestGroup(channel, ({ asker }) => asker.memberId).at(-1)!;
}

/** Among equals the one that was joined last. */
function largestGroup<Waiting>(
  places: readonly Waiting[],
  nameOf: (place: Waiting) => string,
): Waiting[] {
  const groups = new Map<string, Waiting[]>();
  for (const place of places) {
    const group = [...(groups.get(nameOf(place)) ?? []), place];
    groups.delete(nameOf(place));
    groups.set(nameOf(place), group);
  }
  return [...groups.values()].reduce((most, group) => (group.length >= most.length ? group : most));
}
