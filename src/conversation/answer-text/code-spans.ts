/**
 * Where a text is code to a reader of Markdown: between runs of backticks, or lines of tildes, of the
 * same length. Linear.
 */

/** From `start` to before `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Fewer backticks than these do not reach across an empty line. */
const FENCE = 3;

/** The spans of code in `text`, in order. What is opened and never closed is no code. */
export function codeSpans(text: string): Span[] {
  const runs = [...text.matchAll(/`+|(?<![^\n])~{3,}/g)].map(({ 0: run, index }) => ({
    start: index,
    length: run.length,
    sign: run[0],
  }));
  const next = nextOfSameLength(runs);
  const gaps = [...text.matchAll(/\n[ \t]{0,80}\n/g)].map(({ index }) => index);
  const spans: Span[] = [];
  let gap = 0;
  for (let at = 0; at < runs.length; at++) {
    const { start, length } = runs[at]!;
    const end = next[at];
    if (end === undefined) continue;
    while (gap < gaps.length && gaps[gap]! < start) gap++;
    if (length < FENCE && gap < gaps.length && gaps[gap]! < runs[end]!.start) continue;
    spans.push({ start, end: runs[end]!.start + length });
    at = end;
  }
  return spans;
}

/** Tells of positions that only grow whether they are in one of `spans`. */
export function insideOf(spans: readonly Span[]): (position: number) => boolean {
  let at = 0;
  return (position) => {
    while (at < spans.length && spans[at]!.end <= position) at++;
    return at < spans.length && spans[at]!.start <= position;
  };
}

function nextOfSameLength(
  runs: readonly { readonly length: number; readonly sign: string | undefined }[],
): (number | undefined)[] {
  const seen = new Map<string, number>();
  const next = new Array<number | undefined>(runs.length);
  for (let at = runs.length - 1; at >= 0; at--) {
    const { length, sign } = runs[at]!;
    const kind = `${sign}${length}`;
    next[at] = seen.get(kind);
    seen.set(kind, at);
  }
  return next;
}
