/**
 * What each member allows: to learn their taste and, separately, to pool their votes.
 * Nothing is learned without the first yes. Knows the store; nothing of Discord.
 */
import AsyncLock from "async-lock";
import type { SteerableAxis } from "../../models/steering/steerable-axes.js";
import type { Language } from "../language/languages.js";
import type { Clock } from "../shared/time.js";
import { changeRecord, type Writer } from "../store/change-record.js";
import { type Condition, type Needs, permitFor } from "../store/condition.js";
import { consentKey, consentPrefix } from "../store/keys.js";
import type { ConsentRecord, MemberKey } from "../store/records.js";
import type { Store } from "../store/store.js";
import {
  asksAnew,
  CONSENT_WORDING,
  isFast,
  isYes,
  recordOf,
  type Said,
  STEERING_WORDING,
  type Told,
  toldIn,
} from "./consent-record.js";

/** How a member is answered: by their profile, plainly, or as somebody who was not asked yet. */
export type Stance = "personal" | "plain" | "new";

/** All that decides how an answer to a member is made. */
export interface Approach {
  readonly stance: Stance;
  /** Whether the member wants one answer at once, and their profile may have a word in it. */
  readonly isFast: boolean;
  readonly told: Told;
}

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
    return this.#stance(member, await this.get(member));
  }

  /** As {@link stanceOf}, {@link wantsFast} and {@link toldOf}, of one and the same record. */
  async approachTo(member: MemberKey): Promise<Approach> {
    const own = await this.get(member);
    return { stance: await this.#stance(member, own), isFast: isFast(own), told: toldIn(own) };
  }

  async #stance(
    { memberId }: Pick<MemberKey, "memberId">,
    own: ConsentRecord | undefined,
  ): Promise<Stance> {
    if (own !== undefined) return own.state === "granted" ? "personal" : "plain";
    return (await this.#refusedElsewhere(memberId)) ? "plain" : "new";
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

  /**
   * Marks the member as asked, for the first time or about what the question asks for in addition. True
   * for the one caller who may ask, false for all others.
   */
  claimAsking(member: MemberKey, begun = this.begin(member)): Promise<boolean> {
    return this.#locked(
      member,
      async (write, record) => {
        if (record !== undefined && asksAnew(record)) {
          return write({ ...record, askedWording: CONSENT_WORDING });
        }
        if ((await this.stanceOf(member)) !== "new") return false;
        return write({ state: "asked", pooled: false });
      },
      begun,
    );
  }

  /**
   * The member says yes to the question as it is worded now. If a yes stands already, so does what was
   * said about pooling; a new yes pools nothing. False if everything was deleted meanwhile.
   */
  grant(member: MemberKey, begun = this.begin(member)): Promise<boolean> {
    return this.#locked(
      member,
      async (write, record) => {
        const stands = record !== undefined && isYes(record);
        return write({
          state: "granted",
          pooled: stands && record.pooled,
          since: stands ? record.since : await this.#now(member, record),
          wording: CONSENT_WORDING,
        });
      },
      begun,
    );
  }

  /** The member goes on after a pause; what they had agreed to stays as it was. */
  resume(member: MemberKey, begun = this.begin(member)): Promise<boolean> {
    return this.#locked(
      member,
      async (write, record) => {
        if (record === undefined || !isYes(record)) return false;
        return write({ state: "granted", pooled: record.pooled, since: record.since });
      },
      begun,
    );
  }

  /** Whether the member has said yes to an earlier question that asked for less, and nobody has asked since. */
  async isOutdated(member: MemberKey): Promise<boolean> {
    const own = await this.get(member);
    return own !== undefined && asksAnew(own);
  }

  /** What the language model may be told about the member's taste. */
  async toldOf(member: MemberKey): Promise<Told> {
    return toldIn(await this.get(member));
  }

  /**
   * Yes or no to the language model being told, from whoever has said the first yes; nothing else
   * changes. False, and nothing changes, if that does not stand.
   */
  setSteered(member: MemberKey, agrees: boolean, begun = this.begin(member)): Promise<boolean> {
    return this.#locked(
      member,
      async (write, record) => {
        if (record === undefined || !isYes(record)) return false;
        const { state, pooled, since } = record;
        const wording = agrees ? CONSENT_WORDING : STEERING_WORDING - 1;
        return write({ state, pooled, since, wording, askedWording: CONSENT_WORDING });
      },
      begun,
    );
  }

  /** From now on the language model is told nothing about these axes. False if the member has said no yes. */
  withhold(member: MemberKey, axes: readonly SteerableAxis[]): Promise<boolean> {
    return this.#locked(member, async (write, record) => {
      if (record === undefined || !isYes(record)) return false;
      const { state, pooled, since } = record;
      return write({ state, pooled, since, withheld: axes });
    });
  }

  /** From now on the member gets one answer at once, or the best of several. False if they have said no yes. */
  setFast(member: MemberKey, fast: boolean): Promise<boolean> {
    return this.#locked(member, async (write, record) => {
      if (record === undefined || !isYes(record)) return false;
      const { state, pooled, since } = record;
      return write({ state, pooled, since, fast });
    });
  }

  /** Whether the member wants one answer at once, and their profile may have a word in it. */
  async wantsFast(member: MemberKey): Promise<boolean> {
    return isFast(await this.get(member));
  }

  /** The language of the member's client, if the first yes stands; when they said it stays as it is. */
  setLanguage(member: MemberKey, language: Language): Promise<boolean> {
    return this.#locked(member, async (_write, record, put) => {
      if (record === undefined || !isYes(record) || record.language === language) return false;
      return put({ ...record, language });
    });
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
    await this.#locked(member, async (write, record, put) => {
      if (record?.state === "asked") await put(undefined);
      else if (record?.askedWording !== undefined) await write({ ...record, askedWording: 1 });
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
  async #now(member: MemberKey, record: ConsentRecord | undefined): Promise<number> {
    const { clock, store } = this.options;
    const gone = await store.deletion.lastTime(member);
    return Math.max(clock(), record?.at ?? 0, gone + 1);
  }

  async #withdrawing(
    kind: "refused" | "unpooled",
    member: MemberKey,
    record: ConsentRecord | undefined,
    write: () => Promise<boolean>,
  ): Promise<boolean> {
    const at = await this.#now(member, record);
    return this.options.store.deletion.withdraw(kind, member, at, write);
  }

  /**
   * `write` and `put` do nothing and return false if everything was deleted since this call. `action`
   * runs again where another process has written what the member says meanwhile.
   */
  #locked<Result>(
    member: MemberKey,
    action: (
      write: (said: Said) => Promise<boolean>,
      record: ConsentRecord | undefined,
      put: Writer<ConsentRecord>,
    ) => Promise<Result>,
    begun = this.begin(member),
  ): Promise<Result> {
    const { store } = this.options;
    const key = consentKey(member);
    const change = { store, repository: store.consents, key, permit: begun };
    return this.#lock.acquire(key, () =>
      changeRecord(change, async (record, put) => {
        const write = async (said: Said) =>
          put(recordOf(said, record, await this.#now(member, record)));
        return action(write, record, put);
      }),
    );
  }
}
