/**
 * What each member allows: to learn their taste and, separately, to pool their votes.
 * Nothing is learned without the first yes. Knows the store; nothing of Discord.
 */
import AsyncLock from "async-lock";
import type { Clock } from "../shared/time.js";
import { type Condition, type Needs, permitFor } from "../store/condition.js";
import { consentKey, consentPrefix } from "../store/keys.js";
import type { ConsentRecord, MemberKey } from "../store/records.js";
import type { Store } from "../store/store.js";

/** How a member is answered: by their profile, plainly, or as somebody who was not asked yet. */
export type Stance = "personal" | "plain" | "new";

export interface ConsentsOptions {
  readonly store: Pick<Store, "consents" | "writeTogether" | "tombstones" | "deletion">;
  readonly clock: Clock;
}

export class Consents {
  readonly #lock = new AsyncLock();

  constructor(private readonly options: ConsentsOptions) {}

  /** What the member has said here; undefined for somebody who was never asked here. */
  get(member: MemberKey): Promise<ConsentRecord | undefined> {
    return this.options.store.consents.get(consentKey(member));
  }

  /** How to answer the member here. A "no" on another server is a "don't ask" on this one. */
  async stanceOf(member: MemberKey): Promise<Stance> {
    const own = await this.get(member);
    if (own !== undefined) return own.state === "granted" ? "personal" : "plain";
    return (await this.#refusedElsewhere(member.memberId)) ? "plain" : "new";
  }

  /** Whether a vote of this member may be stored now. Whoever stores it asks with {@link permit}. */
  async mayLearn(member: MemberKey): Promise<boolean> {
    return (await this.get(member))?.state === "granted";
  }

  /** The condition under which something about `member` may be written that begins now. */
  permit(member: MemberKey, needs: Needs): Condition {
    return permitFor(this.options.store.tombstones, member, needs);
  }

  /**
   * The permit to write what a member says, or is asked, by something that begins now. Take it before
   * anything is waited for: what was begun before a deletion leaves nothing after it.
   */
  begin(member: MemberKey): Condition {
    return this.permit(member, "nothing");
  }

  /** Marks the member as asked. True for the one caller who may ask, false for all others. */
  claimAsking(member: MemberKey, begun = this.begin(member)): Promise<boolean> {
    return this.#locked(
      member,
      async (write) => {
        if ((await this.stanceOf(member)) !== "new") return false;
        return write({ state: "asked", pooled: false });
      },
      begun,
    );
  }

  /**
   * The member says yes, or goes on after a pause. If a yes stands already, so does what was said
   * about pooling; a new yes pools nothing. False if everything was deleted meanwhile.
   */
  grant(member: MemberKey, begun = this.begin(member)): Promise<boolean> {
    return this.#locked(
      member,
      async (write, record) => {
        const stands = record !== undefined && isYes(record);
        return write({
          state: "granted",
          pooled: stands && record.pooled,
          since: stands ? record.since : this.#now(member, record),
        });
      },
      begun,
    );
  }

  /** The member says no: they are answered plainly, their votes pool no more, and nobody asks again. */
  refuse(member: MemberKey, begun = this.begin(member)): Promise<boolean> {
    return this.#locked(
      member,
      (write, record) =>
        this.#withdrawing("refused", member, record, () =>
          write({ state: "refused", pooled: false }),
        ),
      begun,
    );
  }

  /** Leaves everything as it is; nothing is learned or used until {@link grant}. */
  pause(member: MemberKey): Promise<boolean> {
    return this.#locked(member, async (write, record) => {
      if (record === undefined || !isYes(record)) return false;
      return write({ state: "paused", pooled: record.pooled, since: record.since });
    });
  }

  /**
   * The second yes or no: whether the member's votes train the shared base rewards. False, and
   * nothing changes, if the first yes does not stand, or is not the one `since` which was asked.
   */
  setPooled(member: MemberKey, pooled: boolean, since?: number): Promise<boolean> {
    return this.#locked(member, async (write, record) => {
      if (record === undefined || !isYes(record)) return false;
      if (since !== undefined && since !== (record.since ?? 0)) return false;
      const { state } = record;
      const change = () => write({ state, pooled, since: record.since });
      return pooled ? change() : this.#withdrawing("unpooled", member, record, change);
    });
  }

  /** Whether the member's votes may train the shared base rewards. */
  async mayPool(member: MemberKey): Promise<boolean> {
    const own = await this.get(member);
    return own?.pooled === true && isYes(own);
  }

  /** Takes back that the member was asked, unless they have answered since. */
  async unmarkAsked(member: MemberKey): Promise<void> {
    await this.#locked(member, async (_write, record) => {
      if (record?.state === "asked") await this.options.store.consents.delete(consentKey(member));
    });
  }

  /** Writes what the member has said again, with a time later than anything deleted so far. */
  async renew(member: MemberKey): Promise<void> {
    await this.#locked(member, async (write, record) => record && write(record));
  }

  async #refusedElsewhere(memberId: string): Promise<boolean> {
    const prefix = consentPrefix(memberId);
    for await (const [, { state }] of this.options.store.consents.entries(prefix)) {
      if (state === "refused") return true;
    }
    return false;
  }

  /** Later than what was said, deleted or taken back before, even if the clock goes back. */
  #now(member: MemberKey, record: ConsentRecord | undefined): number {
    const { clock, store } = this.options;
    return Math.max(clock(), record?.at ?? 0, store.tombstones.lastTime(member) + 1);
  }

  #withdrawing(
    kind: "refused" | "unpooled",
    member: MemberKey,
    record: ConsentRecord | undefined,
    write: () => Promise<boolean>,
  ): Promise<boolean> {
    const at = this.#now(member, record);
    return this.options.store.deletion.withdraw(kind, member, at, write);
  }

  /** `write` does nothing and returns false if everything was deleted since this call. */
  #locked<Result>(
    member: MemberKey,
    action: (
      write: (said: Said) => Promise<boolean>,
      record: ConsentRecord | undefined,
    ) => Promise<Result>,
    begun = this.begin(member),
  ): Promise<Result> {
    const { consents, writeTogether } = this.options.store;
    const key = consentKey(member);
    return this.#lock.acquire(key, async () => {
      const record = await this.get(member);
      const write = ({ state, pooled, since }: Said) => {
        const at = this.#now(member, record);
        const said = { state, pooled, ...(since !== undefined && { since }), at };
        return writeTogether([consents.putting(key, said)], begun);
      };
      return action(write, record);
    });
  }
}

type Said = Pick<ConsentRecord, "state" | "pooled"> & { readonly since?: number | undefined };

/** Whether the first yes stands, with or without a pause. */
function isYes({ state }: ConsentRecord): boolean {
  return state === "granted" || state === "paused";
}
