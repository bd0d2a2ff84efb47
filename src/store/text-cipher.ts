/** Text at rest: AES-256-GCM with a key from the configuration. Knows no records. */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Drawn at once: each time the system is asked takes longer than to encrypt an answer. */
const NONCES = 256;
/** Marks this way of sealing, so that another one can follow. */
const MARK = "g1:";

export class TextCipher {
  /** Bytes would be taken in anew for each text. */
  readonly #key: KeyObject;
  /** Random; those from {@link #nextNonce} on were not used. */
  readonly #nonces = Buffer.alloc(NONCES * NONCE_BYTES);
  #nextNonce = NONCES;

  /** `key` has 32 bytes. */
  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key);
  }

  /** `text` sealed for one place, its `context`: anywhere else it can't be opened. */
  seal(text: string, context: string): string {
    const nonce = this.#nonce();
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return MARK + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
  }

  /** Each is given once: two texts with one nonce would give both away. To be used before the next is asked for. */
  #nonce(): Buffer {
    if (this.#nextNonce === NONCES) {
      randomFillSync(this.#nonces);
      this.#nextNonce = 0;
    }
    const start = this.#nextNonce++ * NONCE_BYTES;
    return this.#nonces.subarray(start, start + NONCE_BYTES);
  }

  /** The text that {@link seal} took; undefined if key or context differ, or it was changed. */
  open(sealed: string, context: string): string | undefined {
    const bytes = Buffer.from(sealed.slice(MARK.length), "base64");
    if (!sealed.startsWith(MARK) || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      const content = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(content), decipher.final()]).toString("utf8");
    } catch {
      return undefined;
    }
  }
}
