/**
 * Warns at the start if texts in the store were sealed with another key than the present one, for
 * example after a mistake in the settings. Each key leaves a hash of itself; no key is stored.
 */
import { createHmac } from "node:crypto";
import type { Log } from "../shared/log.js";
import type { Clock } from "../shared/time.js";
import type { Store } from "./store.js";
import type { TextCipher } from "./text-cipher.js";

const HASH_LENGTH = 22;
/** What a start without a key leaves where there was no sealed text. */
export const NO_KEY = "none";
const HINT =
  "Some texts in this store were encrypted with an ENCRYPTION_KEY that is not set now, so they can't be read. Set that key again. If it is lost there is nothing to do: the texts stay as they are and are deleted after BALLOT_DAYS.";

export interface EncryptionKeyParts {
  readonly store: Pick<Store, "encryptionKeys" | "ballots" | "replies">;
  /** None if texts are not sealed. */
  readonly key: Uint8Array | undefined;
  readonly cipher: TextCipher | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Logs `encryption.other-key` if there is a text that the present key can't open. */
export async function checkEncryptionKey(parts: EncryptionKeyParts): Promise<void> {
  const { key, clock, log } = parts;
  const { encryptionKeys } = parts.store;
  const own = key === undefined ? NO_KEY : keyHashOf(key);
  const others: string[] = [];
  let isKnown = false;
  for await (const [hash] of encryptionKeys.entries()) {
    if (hash === own) isKnown = true;
    else others.push(hash);
  }
  // Texts are worth a look only if there was another key, or if that is not known.
  if (others.length === 0 && isKnown) return;
  if (await hasUnreadText(parts)) {
    log.error({ event: "encryption.other-key", hint: HINT });
    if (key === undefined) return;
  } else await encryptionKeys.deleteMany(others);
  if (!isKnown) await encryptionKeys.set(own, { at: clock() });
}

async function hasUnreadText({ store, cipher }: EncryptionKeyParts): Promise<boolean> {
  const opens = (text: string, context: string) => cipher?.open(text, context) !== undefined;
  for await (const [messageId, ballot] of store.ballots.entries()) {
    const { sealed, sealedFor = messageId, candidates } = ballot;
    if (sealed && !opens(candidates[0].text, `${sealedFor}:0`)) return true;
  }
  for await (const [messageId, { runnerUp }] of store.replies.entries()) {
    if (runnerUp !== undefined && !opens(runnerUp, `${messageId}:runner-up`)) return true;
  }
  return false;
}

/** What a key leaves of itself in the store. */
export function keyHashOf(key: Uint8Array): string {
  const hash = createHmac("sha256", key).update("attune encryption key").digest("base64url");
  return hash.slice(0, HASH_LENGTH);
}
