/**
 * What each member has allowed: to learn their taste, and, apart from that, to pool their votes.
 * Nothing is learned without the first yes. Knows the store; nothing of Discord.
 */
import AsyncLock from "async-lock";
import type { Clock } from "../clock.js";
import { consentKey, consentPrefix } from "../storage/keys.js";
import type { ConsentRecord, MemberKey } from "../storage/records.js";
import type { Repository } from "../storage/repository.js";

/** How a member is answered: by their profile, plainly, or as somebody who has not been asked yet. */
export type Stance = "personal" | "plain" | "new";

export interface ConsentsOptions {
  readonly consents: Repository<ConsentRecord>;
  readonly clock: Clock;
}

export class Consents {
  readonly #lock = new AsyncLock();

  constructor(private readonly options: ConsentsOptions) {}

  /** What the member has said here; undefined for somebody who was never asked here. */
  get(member: MemberKey): Promise<ConsentRecord | undefined> {
    return this.options.consents.get(consentKey(member));
  }

  /** How to answer the member here. A "no" on another server is a "don't ask" on this one. */
  async stanceOf(member: MemberKey): Promise<Stance> {
    const own = await this.get(member);
    if (own !== undefined) return own.state === "granted" ? "personal" : "plain";
    return (await this.#refusedElsewhere(member.memberId)) ? "plain" : "new";
  }

  /** Whether a vote of this member may be stored now. */
  async mayLearn(member: MemberKey): Promise<boolean> {
    return (await this.get(member))?.state === "granted";
  }

  /** Marks the member as asked. True for the one caller who may ask, false where that has been done. */
  claimAsking(member: MemberKey): Promise<boolean> {
    return this.#lock.acquire(consentKey(member), async () => {
      if ((await this.stanceOf(member)) !== "new") return false;
      await this.#write(member, { state: "asked", pooled: false });
      return true;
    });
  }

  /** The member says yes, or goes on after a pause. What was said about pooling stays. */
  grant(member: MemberKey): Promise<void> {
    return this.#change(member, "granted");
  }

  /** The member says no: they are answered plainly, their votes pool no more, and nobody asks again. */
  refuse(member: MemberKey): Promise<void> {
    return this.#lock.acquire(consentKey(member), () =>
      this.#write(member, { state: "refused", pooled: false }),
    );
  }

  /** Keeps everything as it is, learns nothing and uses nothing until {@link grant}. */
  pause(member: MemberKey): Promise<void> {
    return this.#change(member, "paused");
  }

  /** The second yes or no: whether the member's votes train the shared base rewards. */
  setPooled(member: MemberKey, pooled: boolean): Promise<void> {
    return this.#lock.acquire(consentKey(member), async () => {
      const state = (await this.get(member))?.state ?? "asked";
      await this.#write(member, { state, pooled });
    });
  }

  /** Whether the member's votes may train the shared base rewards. */
  async mayPool(member: MemberKey): Promise<boolean> {
    const own = await this.get(member);
    return own?.pooled === true && (own.state === "granted" || own.state === "paused");
  }

  /** The guilds in which the member was ever asked. */
  async placesOf(memberId: string): Promise<string[]> {
    const guilds: string[] = [];
    for await (const [key] of this.options.consents.entries(consentPrefix(memberId))) {
      guilds.push(key.slice(consentPrefix(memberId).length));
    }
    return guilds;
  }

  /** Forgets that the member was ever asked here. */
  async forget(member: MemberKey): Promise<void> {
    await this.options.consents.delete(consentKey(member));
  }

  async #refusedElsewhere(memberId: string): Promise<boolean> {
    for await (const [, { state }] of this.options.consents.entries(consentPrefix(memberId))) {
      if (state === "refused") return true;
    }
    return false;
  }

  #change(member: MemberKey, state: ConsentRecord["state"]): Promise<void> {
    return this.#lock.acquire(consentKey(member), async () => {
      const pooled = (await this.get(member))?.pooled ?? false;
      await this.#write(member, { state, pooled });
    });
  }

  #write(member: MemberKey, record: Omit<ConsentRecord, "at">): Promise<void> {
    const at = this.options.clock();
    return this.options.consents.set(consentKey(member), { ...record, at });
  }
}
