/**
 * Conditions of a write, asked in the moment in which it is done: nothing is written between the
 * question and the write. Knows no database.
 */

/** The text of the record under a full key as it is just then; undefined where there is none. */
export type TextOf = (key: string) => string | undefined;

export interface Condition {
  /** The full keys of the records that {@link holds} asks for. */
  readonly keys: readonly string[];
  /** Whether the write may be done. */
  holds(textOf: TextOf): boolean;
}

/** That all of `conditions` hold. */
export function allOf(...conditions: readonly Condition[]): Condition {
  return {
    keys: conditions.flatMap(({ keys }) => keys),
    holds: (textOf) => conditions.every((condition) => condition.holds(textOf)),
  };
}

/** That there is a record under the full key. */
export function stillThere(key: string): Condition {
  return { keys: [key], holds: (textOf) => textOf(key) !== undefined };
}
