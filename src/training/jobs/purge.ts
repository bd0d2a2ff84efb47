/** The purge of what has expired. */
import type { Ballots } from "../../ballots/ballots.js";
import type { ReplyNotes } from "../../ballots/reply-notes.js";
import type { Departures } from "../../guilds/departures.js";
import { purgeClaims } from "../../guilds/message-claims.js";
import type { Log } from "../../shared/log.js";
import type { Clock } from "../../shared/time.js";
import type { Store } from "../../store/store.js";

/** Once an hour is often enough for texts that live for days. */
export const PURGE_CRON = "17 * * * *";

export interface PurgeParts {
  readonly ballots: Ballots;
  readonly replyNotes: ReplyNotes;
  readonly departures: Departures;
  readonly store: Pick<Store, "messageClaims" | "purgeCopies">;
  readonly clock: Clock;
  readonly log: Log;
}

/** Deletes what has expired, and says how many of each. */
export async function purge(parts: PurgeParts): Promise<void> {
  const { ballots, replyNotes, departures, store, clock, log } = parts;
  const purged = {
    ballots: await ballots.purgeExpired(),
    replies: await replyNotes.purgeExpired(),
    guilds: (await departures.purge()).length,
    copies: store.purgeCopies(clock),
  };
  await purgeClaims(store, clock);
  log.info({ event: "retention.purged", ...purged });
}
