/** Deletes everything that a guild of the playground has left in the store. */
import type { Services } from "../services.js";

/** Profiles, comparisons, consents and ballots of `guildId`; versions of base rewards are kept. */
export async function forgetGuild({ store }: Services, guildId: string): Promise<void> {
  for (const repository of [
    store.profiles,
    store.comparisons,
    store.questions,
    store.calibrations,
  ]) {
    const keys: string[] = [];
    for await (const [key] of repository.entries(`${guildId}:`)) keys.push(key);
    await repository.deleteMany(keys);
  }
  const consents: string[] = [];
  for await (const [key] of store.consents.entries()) {
    if (key.endsWith(`:${guildId}`)) consents.push(key);
  }
  await store.consents.deleteMany(consents);
  const messages: string[] = [];
  for await (const [messageId, ballot] of store.ballots.entries()) {
    if (ballot.guildId === guildId) messages.push(messageId);
  }
  await store.ballots.deleteMany(messages);
}
