/** Under which keys the counts of a day are stored: hashes with a secret of that day. Knows no store. */
import { createHmac, randomBytes } from "node:crypto";

const SECRET_BYTES = 32;
const HASH_CHARACTERS = 22;

/** A secret for a new day, in base64. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64");
}

/** No id is stored: names are hashed with a secret of their day, which is deleted with it. */
export class DayKeys {
  readonly #hashKey: Buffer;
  /** What follows from day, secret and key never changes; kept as long as the day's counts. */
  readonly #known = new Map<string, string>();

  /** With `encryptionKey` the store alone does not reveal whose a count is. */
  constructor(
    private readonly day: string,
    readonly secret: string,
    encryptionKey?: Uint8Array,
  ) {
    this.#hashKey = createHmac("sha256", encryptionKey ?? "")
      .update(Buffer.from(secret, "base64"))
      .digest();
  }

  of(name: string): string {
    let key = this.#known.get(name);
    if (key === undefined) {
      const hash = createHmac("sha256", this.#hashKey).update(name).digest("base64url");
      key = `${this.day}:${hash.slice(0, HASH_CHARACTERS)}`;
      this.#known.set(name, key);
    }
    return key;
  }
}
