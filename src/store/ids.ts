/**
 * Ids: Discord's snowflakes, the guild ids of places that are no Discord server, and the ids of
 * comparisons. Knows no store.
 */
import { monotonicFactory } from "ulid";
import { secureRandom } from "../shared/secure-random.js";
import type { Clock } from "../shared/time.js";

/** Of a snowflake the upper bits are milliseconds since the first second of 2015. */
const FIRST_MS = Date.UTC(2015, 0, 1);
const TIME_SHIFT = 22n;
const SNOWFLAKE = /^\d{1,20}$/;

/** When the id was made, ms; undefined for ids that are no snowflakes, as in the playground. */
export function timeOfSnowflake(id: string): number | undefined {
  return SNOWFLAKE.test(id) ? FIRST_MS + Number(BigInt(id) >> TIME_SHIFT) : undefined;
}

/** Direct messages: one profile for all of them. No snowflake is as small as this and the next two. */
export const DIRECT_MESSAGES_GUILD = "0";

/** The playground in the terminal. Its feedback trains only the playground's own base rewards. */
export const PLAYGROUND_GUILD = "1";

/** The simulated members of the demonstration, begun anew on each run. */
export const DEMONSTRATION_GUILD = "2";

/** Whether a guild's feedback comes from Discord. */
export function isDiscordGuild(guildId: string): boolean {
  return guildId !== PLAYGROUND_GUILD && guildId !== DEMONSTRATION_GUILD;
}

/** A new id, a ULID. A member's comparisons are stored, aged and trained on in the order of these. */
export type ComparisonIds = () => string;

/** Each id sorts after the one before, even within a millisecond and when the clock goes back. */
export function createComparisonIds(clock: Clock): ComparisonIds {
  // Drawn from a pool: by itself the library asks the system once for each of its sixteen letters.
  const next = monotonicFactory(secureRandom);
  return () => next(clock());
}
