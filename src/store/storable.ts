/** What a key or a record's text may be, on whichever engine. */
import type { Write } from "./engine.js";
import { StoreError } from "./store-error.js";

/** An index of PostgreSQL takes no more than 2,704. */
const LONGEST_KEY_BYTES = 1_000;

/** Whether `text` may be stored: without zeros, which end a text in SQLite, and without halves of a character. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** Throws {@link StoreError} for a key or text that no engine stores as it is. */
export function checkStorable(writes: readonly Write[]): void {
  for (const { key, text } of writes) {
    if (!isStorable(key) || Buffer.byteLength(key) > LONGEST_KEY_BYTES) {
      throw new StoreError(
        `The key ${JSON.stringify(key.slice(0, 100))} can't be stored: it must have ${LONGEST_KEY_BYTES} bytes at most, no zeros and no halves of characters.`,
      );
    }
    if (text !== null && !isStorable(text)) {
      throw new StoreError(
        `The text for ${key} can't be stored: it has zeros or halves of characters; write it as JSON, which escapes them.`,
      );
    }
  }
}
