/**
 * Tells at the start where texts in the store were sealed with another key than the present one, as
 * after a mistake in the settings. A key leaves a hash that it alone gives; no key is stored.
 */
import { createHmac } from "node:crypto";
import type { Log } from "../shared/log.js";
import type { Clock } from "../shared/time.js";
import type { Store } from "./store.js";
import type { TextCipher } from "./text-cipher.js";

const HASH_LENGTH = 22;
const HINT =
  "Texts in this store were encrypted with another ENCRYPTION_KEY, or with one where there is none now. They are kept as they are and can't be read: put the right key back. Where it is lost there is nothing to do; they are deleted after BALLOT_DAYS.";

export interface EncryptionKeyParts {
  readonly store: Pick<Store, "encryptionKeys" | "ballots" | "replies">;
  /** None where texts are not sealed. */
  readonly key: Uint8Array | undefined;
  readonly cipher: TextCipher | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Logs `encryption.other-key` where there is a text that the present key does not open. */
export async function checkEncryptionKey(parts: EncryptionKeyParts): Promise<void> {
  const { key, clock, log } = parts;
  const { encryptionKeys } = parts.store;
  const own = key && hashOf(key);
  const others: string[] = [];
  let isKnown = false;
  for await (const [hash] of encryptionKeys.entries()) {
    if (hash === own) isKnown = true;
    else others.push(hash);
  }
  // Only where there was another key, or nobody knows, is it worth looking at texts.
  if (others.length === 0 && isKnown) return;
  if (await hasUnreadText(parts)) log.error({ event: "encryption.other-key", hint: HINT });
  else await encryptionKeys.deleteMany(others);
  if (own !== undefined && !isKnown) await encryptionKeys.set(own, { at: clock() });
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

function hashOf(key: Uint8Array): string {
  const hash = createHmac("sha256", key).update("attune encryption key").digest("base64url");
  return hash.slice(0, HASH_LENGTH);
}
