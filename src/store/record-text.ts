/** Records to and from the text in the database. Knows no database. */
import type { z } from "zod";
import { DamagedRecordError } from "./store-error.js";

/** As Keyv writes a value. */
export function textOfRecord(value: unknown): string {
  return JSON.stringify({ value });
}

/** The record in `text`, as `schema` wants it. Throws {@link DamagedRecordError} with `key`. */
export function recordOfText<Value>(key: string, text: string | null, schema: z.ZodType): Value {
  try {
    const { value } = JSON.parse(text ?? "") as { value: Value };
    schema.parse(value);
    return value;
  } catch (cause) {
    throw new DamagedRecordError(key, cause);
  }
}

/** Whether {@link recordOfText} refuses the text. */
export function isDamaged(key: string, text: string | null, schema: z.ZodType): boolean {
  try {
    recordOfText(key, text, schema);
    return false;
  } catch (error) {
    if (error instanceof DamagedRecordError) return true;
    throw error;
  }
}
