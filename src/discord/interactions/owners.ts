/** Who owns the bot: the application's owner or team on Discord, and those that the configuration adds. */
import {
  type ClientApplication,
  Team,
  TeamMemberMembershipState,
  TeamMemberRole,
} from "discord.js";
import type { Log } from "../../shared/log.js";
import type { Clock } from "../../shared/time.js";
import { logFailure } from "../gateway/discord-errors.js";

/** Somebody who leaves the team loses their rights after this. */
const VALID_MS = 60 * 60 * 1000;
/** After a failure Discord is not asked again at once. */
const AGAIN_MS = 60 * 1000;

export interface OwnersParts {
  /** Undefined until the bot is logged in. */
  readonly application: () => ClientApplication | null;
  /** Ids in addition to those that Discord names. */
  readonly ownerIds: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

export class Owners {
  #known: ReadonlySet<string> = new Set();
  #askedAt = Number.NEGATIVE_INFINITY;
  #validMs = 0;
  #asking: Promise<void> | undefined;

  constructor(private readonly parts: OwnersParts) {}

  /**
   * Whether the bot belongs to `userId`. Asks Discord if it has not for an hour; while Discord does not
   * answer, the owners are those whom it named last.
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

  /** Also if the clock was set back. */
  #isOld(): boolean {
    const age = this.parts.clock() - this.#askedAt;
    return age < 0 || age >= this.#validMs;
  }

  async #ask(): Promise<void> {
    const { application, clock, log } = this.parts;
    this.#validMs = AGAIN_MS;
    try {
      const fetched = await application()?.fetch();
      if (fetched !== undefined) {
        this.#known = ownersOf(fetched);
        this.#validMs = VALID_MS;
      }
    } catch (error) {
      logFailure(log, { event: "owners.unknown" }, error);
    }
    this.#askedAt = clock();
  }
}

/** The owner; of a team, its owner and the members who have joined and may change the application. */
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
