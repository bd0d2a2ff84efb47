/**
 * Whose votes a training reads, and whether they may still be used when it ends. Knows consents and
 * tombstones; no comparison, no model.
 */

import type { MayPool } from "../members/may-pool.js";
import { allOf, type Condition, permitFor } from "../store/condition.js";
import type { MemberKey } from "../store/records.js";
import type { Lives } from "../store/tombstones.js";

/** Somebody took their votes back while the training ran. */
export class VotesTakenBackError extends Error {
  override readonly name = "VotesTakenBackError";

  constructor() {
    super(
      "Members took their votes back while the training ran, so what came of it is not used, and the present base rewards stay. Try again later.",
    );
  }
}

export class Contributors {
  readonly #permits = new Map<MemberKey, Condition>();

  constructor(
    private readonly allowed: MayPool,
    private readonly lives: Lives,
  ) {}

  /** Whether the votes of `member` may be read; who may is asked again at the end. */
  readonly mayPool = async (member: MemberKey): Promise<boolean> => {
    const permit = permitFor(this.lives, member, "pooling");
    const may = await this.allowed(member);
    if (may) this.#permits.set(member, permit);
    return may;
  };

  /** Whether all still allow it, and their servers. */
  async stillAllow(): Promise<boolean> {
    for (const member of this.#permits.keys()) if (!(await this.allowed(member))) return false;
    return true;
  }

  /** That all still allow it, in the moment in which something is written. */
  get condition(): Condition {
    return allOf(...this.#permits.values());
  }
}
