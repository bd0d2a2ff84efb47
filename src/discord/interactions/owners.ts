/** Whose bot it is: the application's owner or team, as Discord says, and whom the configuration adds. */
import {
  type ClientApplication,
  Team,
  TeamMemberMembershipState,
  TeamMemberRole,
} from "discord.js";
import type { Log } from "../../shared/log.js";
import type { Clock } from "../../shared/time.js";
import { logFailure } from "../gateway/discord-errors.js";

/** Who leaves a team loses what it may do after this. */
const KEPT_MS = 60 * 60 * 1000;
/** After a failure Discord is not asked again at once. */
const AGAIN_MS = 60 * 1000;

export interface OwnersParts {
  /** Undefined until the bot is logged in. */
  readonly application: () => ClientApplication | null;
  /** Ids beside those that Discord names. */
  readonly ownerIds: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

export class Owners {
  #known: ReadonlySet<string> = new Set();
  #askedAt = Number.NEGATIVE_INFINITY;
  #keptMs = 0;
  #asking: Promise<void> | undefined;

  constructor(private readonly parts: OwnersParts) {}

  /**
   * Whether the bot belongs to `userId`. Asks Discord when it has not for an hour; while Discord does
   * not answer, those are owners whom it named last.
   */
  async include(userId: string): Promise<boolean> {
    if (this.parts.ownerIds.includes(userId)) return true;
    if (this.#isOld()) {
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = undefined;
      });
      await this.#asking;
    }
    return this.#known.has(userId);
  }

  /** A clock that was set back makes it old, too. */
  #isOld(): boolean {
    const age = this.parts.clock() - this.#askedAt;
    return age < 0 || age >= this.#keptMs;
  }

  async #ask(): Promise<void> {
    const { application, clock, log } = this.parts;
    this.#keptMs = AGAIN_MS;
    try {
      const fetched = await application()?.fetch();
      if (fetched !== undefined) {
        this.#known = ownersOf(fetched);
        this.#keptMs = KEPT_MS;
      }
    } catch (error) {
      logFailure(log, { event: "owners.unknown" }, error);
    }
    this.#askedAt = clock();
  }
}

/** The owner, or of a team its owner and those who have joined it and may change the application. */
function ownersOf({ owner }: ClientApplication): ReadonlySet<string> {
  if (owner === null) return new Set();
  if (!(owner instanceof Team)) return new Set([owner.id]);
  const members = owner.members
    .filter(
      ({ membershipState, role }) =>
        membershipState === TeamMemberMembershipState.Accepted &&
        (role === TeamMemberRole.Admin || role === TeamMemberRole.Developer),
    )
    .map(({ id }) => id);
  return new Set(owner.ownerId === null ? members : [owner.ownerId, ...members]);
}
