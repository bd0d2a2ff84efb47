/** What is kept for a while, and leaves again: ballots, replies, and servers that removed the bot. */
import { Ballots } from "../ballots/ballots.js";
import { ReplyNotes } from "../ballots/reply-notes.js";
import { SealedBallots } from "../ballots/sealed-ballots.js";
import { Departures } from "../guilds/departures.js";
import { checkEncryptionKey } from "../store/encryption-key.js";
import { createComparisonIds } from "../store/ids.js";
import { TextCipher } from "../store/text-cipher.js";
import type { Engine } from "./engine.js";
import { DAY_MS, type ServicesOptions } from "./options.js";

export type Housekeeping = Awaited<ReturnType<typeof composeHousekeeping>>;

/** Throws `StoreError`. */
export async function composeHousekeeping(
  { config, clock, log }: ServicesOptions,
  { consents, metrics, store }: Engine,
) {
  const { encryptionKey: key } = config;
  const retentionMs = config.ballotDays * DAY_MS;
  const cipher = key && new TextCipher(key);
  const comparisonIds = createComparisonIds(clock);
  const ballots = new Ballots({
    ballots: new SealedBallots(store, cipher),
    comparisonIds,
    clock,
    retentionMs,
    onChange: (change, count) => metrics.ballots.inc({ change }, count),
  });
  metrics.readings.ballotsKept = () => store.ballots.count();
  await checkEncryptionKey({ store, key, cipher, clock, log });
  return {
    cipher,
    comparisonIds,
    ballots,
    replyNotes: new ReplyNotes({ store, consents, cipher, clock, retentionMs }),
    departures: new Departures({ store, clock, graceMs: config.guildGraceDays * DAY_MS }),
  };
}
