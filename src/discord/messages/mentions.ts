/** Mentions in words: ids belong to Discord, and names are their owners' to choose. */

const MENTIONS: readonly (readonly [RegExp, string])[] = [
  [/<@&\d+>/g, "@role"],
  [/<@!?\d+>/g, "@someone"],
  [/<#\d+>/g, "#channel"],
  [/<a?(:\w+:)\d+>/g, "$1"],
  [/<(\/[^:<>\n]{1,100}):\d+>/g, "$1"],
];

/** `text` without the ids of members, roles, channels, emoji and commands. */
export function withoutIds(text: string): string {
  return MENTIONS.reduce((rest, [mention, words]) => rest.replace(mention, words), text);
}
