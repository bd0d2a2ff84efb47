/** Tombstones as lines of text: the key of their hashes, then a number, a hash and a time each. */
import { HASH_LENGTH, TOMBSTONE_KEY_BYTES, TombstoneIndex } from "./tombstones.js";

const HEADER = "attune-deletions-1";

/** The lines of a file of tombstones. */
export function linesOf(index: TombstoneIndex): string[] {
  const current = [...index.entries()].map(([hash, { number, at }]) => `${number} ${hash} ${at}`);
  return [`${HEADER} ${index.key.toString("base64")}`, ...current];
}

/** What such lines say, but for those that a killed process left unfinished; undefined if they are none. */
export function indexOfLines(text: string): TombstoneIndex | undefined {
  const [first = "", ...lines] = text.split("\n");
  const [header, keyText = ""] = first.split(" ");
  const key = Buffer.from(keyText, "base64");
  if (header !== HEADER || key.length !== TOMBSTONE_KEY_BYTES) return undefined;
  const index = new TombstoneIndex(key);
  for (const line of lines) {
    const [number, hash, at] = line.split(" ");
    if (at === undefined || hash?.length !== HASH_LENGTH) continue;
    index.add(hash, { number: Number(number), at: Number(at) });
  }
  return index;
}
