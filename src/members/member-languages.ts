/**
 * The language of each member's client, as their last command, button or form told it: a message does
 * not. Stored with their consent, in memory only without it. Knows nothing of Discord.
 */
import { LRUCache } from "lru-cache";
import { type Language, spokenLanguage } from "../language/languages.js";
import type { MemberKey } from "../store/records.js";
import { unlessStoreIsDown } from "../store/unless-store-is-down.js";
import type { Consents } from "./consents.js";

/** Members whose language is in memory. */
const REMEMBERED = 20_000;

export class MemberLanguages {
  readonly #seen = new LRUCache<string, Language>({ max: REMEMBERED });

  constructor(private readonly consents: Pick<Consents, "get" | "setLanguage">) {}

  /** The member's client speaks this language now. */
  saw({ memberId }: MemberKey, language: Language): void {
    this.#seen.set(memberId, language);
  }

  /** Stores what was seen with the consent of a member who has said yes here. */
  async store(member: MemberKey): Promise<void> {
    const language = this.#seen.get(member.memberId);
    if (language !== undefined) {
      await unlessStoreIsDown(this.consents.setLanguage(member, language));
    }
  }

  /** The member's own language; undefined if none of ours was ever seen, or it can't be read now. */
  async of(member: MemberKey): Promise<Language | undefined> {
    const seen = this.#seen.get(member.memberId);
    if (seen !== undefined) return seen;
    const consent = await unlessStoreIsDown(this.consents.get(member));
    return spokenLanguage(consent?.language);
  }
}
