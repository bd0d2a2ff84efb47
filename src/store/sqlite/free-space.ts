/**
 * Where in a page of a SQLite file nothing is stored. SQLite overwrites what is deleted, but a page that
 * was split keeps a copy of what moved to its neighbour in the room between its list of cells and its
 * cells. Knows the file format (sqlite.org/fileformat2.html, section 1.6), and nothing else.
 */

/** First bytes of pages that hold rows or index entries; those of all others are 0 or 1 in files below {@link MOST_PAGES}. */
const INTERIOR = new Set([2, 5]);
const LEAF = new Set([10, 13]);
const INTERIOR_HEADER = 12;
const LEAF_HEADER = 8;
const POINTER = 2;
/** A content area that begins at 0 begins here. */
const LARGEST_PAGE = 65_536;
/** In a file with more a page of another kind may look like one with rows: it begins with a page's number. */
export const MOST_PAGES = 2 ** 25 - 1;

export interface Space {
  readonly start: number;
  readonly end: number;
}

/**
 * The unused room of the page that begins at `offset` in `bytes` and is `size` long, as offsets in
 * `bytes`. Undefined for pages that hold no rows, and for those that do not look as they should.
 */
export function unusedSpace(bytes: Buffer, offset: number, size: number): Space | undefined {
  const type = bytes[offset]!;
  const header = LEAF.has(type) ? LEAF_HEADER : INTERIOR.has(type) ? INTERIOR_HEADER : undefined;
  if (header === undefined) return undefined;
  const cells = bytes.readUInt16BE(offset + 3);
  const content = bytes.readUInt16BE(offset + 5) || LARGEST_PAGE;
  const start = header + POINTER * cells;
  if (start >= content || content > size) return undefined;
  return { start: offset + start, end: offset + content };
}

const ZEROS = Buffer.alloc(LARGEST_PAGE);

/** Whether anything but zeros is there. */
export function isDirty(bytes: Buffer, { start, end }: Space): boolean {
  return bytes.compare(ZEROS, 0, end - start, start, end) !== 0;
}
