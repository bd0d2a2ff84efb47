/** What a translation must hold. */

/** Each of a room's English sentences, and no other. */
export type Translated<English> = { readonly [Key in keyof English]: string };

/**
 * A command's, option's or choice's name by its path and, where the English has one, its description;
 * see `command-words.ts`.
 */
export type CommandWords = Readonly<Record<string, readonly [name: string, description?: string]>>;

/** The English words for the end of an axis, and what they are called; see `axis-words.ts`. */
export type AxisWords = Readonly<Record<string, string>>;
