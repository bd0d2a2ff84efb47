/** Deletes everything that is stored about a guild and its members. */
import type { Store } from "./store.js";

/** Deletes everything of `guildId`, its settings too. Versions of base rewards stay. */
export async function deleteGuildData(store: Store, guildId: string, at: number): Promise<void> {
  const others = [
    store.settings.removing(guildId),
    store.averages.removing(guildId),
    store.departures.removing(guildId),
  ];
  await store.deletion.forgetGuild(
    guildId,
    others.map(({ key }) => key),
    at,
  );
}

/** Deletes the profiles, votes, consents, ballots and replies of all members of `guildId`. */
export async function deleteGuildMembers(store: Store, guildId: string, at: number): Promise<void> {
  await store.deletion.forgetGuild(guildId, [], at);
}
