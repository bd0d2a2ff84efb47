/** Every message of the load has a number in its text, which comes back in the answer to it. */

const MARK = /\[#(\d+)\]/;

export function marked(text: string, number: number): string {
  return `${text} [#${number}]`;
}

/** The number in `text`; undefined if there is none. */
export function numberIn(text: string): number | undefined {
  const found = MARK.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
