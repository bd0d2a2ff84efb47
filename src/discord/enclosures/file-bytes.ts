/** What a file's bytes are, whatever its name and type say. No I/O. */

/** How the pictures that models take begin; of one of them, four bytes say how long it is. */
const PICTURES: readonly (readonly [mediaType: string, ...beginnings: string[]])[] = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF87a", "GIF89a"],
  ["image/webp", "RIFF????WEBP"],
];
const LONGEST_BEGINNING = 12;

/** The media type of a picture; undefined if no model takes it. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const begin = Buffer.from(bytes.subarray(0, LONGEST_BEGINNING)).toString("latin1");
  const open = `${begin.slice(0, 4)}????${begin.slice(8)}`;
  const [mediaType] =
    PICTURES.find(([, ...beginnings]) =>
      beginnings.some((known) => begin.startsWith(known) || open === known),
    ) ?? [];
  return mediaType;
}

/** Characters that no text has, apart from tabs, ends of lines and pages, and colours of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NO_TEXT = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

/** The text in `bytes`, which may end in the middle of a character; undefined if they are none. */
export function textIn(bytes: Uint8Array): string | undefined {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const decoder = new TextDecoder(isWide ? "utf-16le" : "utf-8", { fatal: true });
  try {
    const text = decoder.decode(bytes, { stream: true });
    return NO_TEXT.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
