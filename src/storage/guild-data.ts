/** Deletes everything that is kept about a guild and its members. Knows every namespace. */
import type { Repository } from "./repository.js";
import type { Store } from "./store.js";

/** Deletes everything of `guildId`, its settings too. Versions of base rewards stay. */
export async function deleteGuildData(store: Store, guildId: string): Promise<void> {
  await deleteGuildMembers(store, guildId);
  await store.settings.delete(guildId);
  await store.averages.delete(guildId);
  await store.departures.delete(guildId);
}

/** Deletes the profiles, votes, consents, ballots and replies of all members of `guildId`. */
export async function deleteGuildMembers(store: Store, guildId: string): Promise<void> {
  const byPrefix = [store.profiles, store.comparisons, store.questions, store.calibrations];
  for (const repository of byPrefix) {
    await deleteWhere<unknown>(repository, () => true, `${guildId}:`);
  }
  await deleteWhere(store.consents, (key) => key.endsWith(`:${guildId}`));
  await deleteWhere(store.ballots, (_key, ballot) => ballot.guildId === guildId);
  await deleteWhere(store.replies, (_key, reply) => reply.guildId === guildId);
}

async function deleteWhere<Value>(
  repository: Repository<Value>,
  which: (key: string, value: Value) => boolean,
  prefix = "",
): Promise<void> {
  const keys: string[] = [];
  for await (const [key, value] of repository.entries(prefix))
    if (which(key, value)) keys.push(key);
  await repository.deleteMany(keys);
}
