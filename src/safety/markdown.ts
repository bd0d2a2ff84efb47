/**
 * What of a text Discord shows as code, as a quotation, or in a mark such as bold: read once from the
 * front, as Discord's own reader does, in time linear in the text. Knows no answers and no limits.
 */

/** One formatted stretch, in UTF-16 units; spans lie inside of each other or apart. */
export interface Span {
  readonly kind: "block" | "code" | "quote" | "rest-quote" | "mark";
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  /** What opens it again elsewhere: the fence with its language, the quotation's sign, the mark. */
  readonly mark: string;
}

export const FENCE = "```";
const LANGUAGE = /[a-z0-9_+.#-]{1,20}\n/iy;
const QUOTED_LINE = / *> /y;
const QUOTED_REST = / *>>> /y;
const ADDRESS = /https?:\/\/[^\s<]+/y;
/** A longer mark is tried before those that it begins with. */
const MARKS = ["||", "**", "__", "~~", "*", "_"] as const;
const WORD = /[\p{L}\p{N}_]/u;
/** Where something may begin: a sign, an address, or a quotation at the beginning of a line. */
const SIGN = /[\\`|*_~]|https?:|(?<=\n) *>/g;

/** What was read last: one answer is asked about several times, and its spans hang on nothing but it. */
let last: { readonly text: string; readonly spans: readonly Span[] } = { text: "", spans: [] };

/** The spans of `text` in the order in which they open. A block that nothing closes goes to the end. */
export function readMarkdown(text: string): readonly Span[] {
  if (text !== last.text) last = { text, spans: new Reader(text).read() };
  return last.spans;
}

/** The length of the sign of a quotation that the line at `at` begins with; 0 for none. */
export function quoteSignAt(text: string, at: number): number {
  return matchAt(QUOTED_LINE, text, at);
}

/** A code block that is left open would take in whatever comes after it. */
export function closeCode(text: string): string {
  const last = readMarkdown(text).findLast(({ kind }) => kind === "block");
  if (last === undefined || last.end < text.length || last.contentEnd < last.end) return text;
  const quoted = readMarkdown(text).some(({ kind, end }) => kind === "quote" && end >= text.length);
  return `${text}\n${quoted ? "> " : ""}${FENCE}`;
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

class Reader {
  readonly #spans: Span[] = [];
  readonly #open: Span[] = [];
  /** By mark: the first place at or after the last one asked for where it closes. */
  readonly #closers = new Map<string, number>();
  #at = 0;
  /** The first place after the one in hand where something may begin. */
  #next = 0;

  constructor(private readonly text: string) {}

  read(): Span[] {
    while (this.#at < this.text.length) {
      if (!this.#leave() && !this.#enter()) this.#at = Math.min(this.#limit, this.#nextSign());
    }
    return this.#spans;
  }

  #nextSign(): number {
    if (this.#next <= this.#at) {
      SIGN.lastIndex = this.#at + 1;
      this.#next = SIGN.exec(this.text)?.index ?? this.text.length;
    }
    return this.#next;
  }

  get #limit(): number {
    return this.#open.at(-1)?.contentEnd ?? this.text.length;
  }

  #leave(): boolean {
    const top = this.#open.at(-1);
    if (top === undefined || this.#at < top.contentEnd) return false;
    this.#at = Math.max(this.#at, top.end);
    this.#open.pop();
    return true;
  }

  /** Steps over what stands at the place in hand; false if it is a plain character. */
  #enter(): boolean {
    if (this.#atLineStart() && this.#quote()) return true;
    const sign = this.text[this.#at]!;
    if (sign === "\\") return this.#skip(2);
    if (sign === "`") return this.#code();
    if (sign === "h") return this.#skip(matchAt(ADDRESS, this.text, this.#at));
    return "|*_~".includes(sign) && this.#mark();
  }

  #skip(length: number): boolean {
    this.#at = Math.min(this.#limit, this.#at + length);
    return length > 0;
  }

  #atLineStart(): boolean {
    return this.#at === 0 || this.text[this.#at - 1] === "\n";
  }

  #quote(): boolean {
    const { text } = this;
    const start = this.#at;
    if (this.#open.some(({ kind }) => kind === "quote")) {
      return this.#skip(matchAt(QUOTED_LINE, text, start));
    }
    if (this.#open.some(({ kind }) => kind === "rest-quote")) return false;
    const rest = matchAt(QUOTED_REST, text, start);
    if (rest > 0) return this.#push("rest-quote", rest, this.#limit, 0, ">>> ");
    const sign = matchAt(QUOTED_LINE, text, start);
    if (sign === 0) return false;
    let end = lineEnd(text, start);
    while (end < text.length && matchAt(QUOTED_LINE, text, end + 1) > 0) {
      end = lineEnd(text, end + 1);
    }
    return this.#push("quote", sign, Math.min(end, this.#limit), 0, "> ");
  }

  #code(): boolean {
    const { text } = this;
    let run = 1;
    while (text[this.#at + run] === "`") run++;
    if (run >= FENCE.length && this.#block()) return true;
    const mark = "`".repeat(run);
    const closer = run > 2 ? Number.POSITIVE_INFINITY : this.#closer(mark, this.#at + run);
    // A fence in between would be code of its own to another reader.
    const ends = [this.#limit, this.#closer("\n", this.#at), this.#closer(FENCE, this.#at + run)];
    const inLine = closer < Math.min(...ends);
    return inLine ? this.#push("code", run, closer, run, mark) : this.#skip(run);
  }

  /** The closing fence is the next one anywhere, and something stands between the two. */
  #block(): boolean {
    const { text } = this;
    const start = this.#at;
    const language = matchAt(LANGUAGE, text, start + FENCE.length);
    let from = start + FENCE.length;
    while (text[from] === "\n") from++;
    if (text.startsWith(FENCE, from)) return false;
    const closer = this.#closer(FENCE, from + 1);
    const closed = closer + FENCE.length <= this.#limit;
    if (!closed && (this.#limit < text.length || from >= text.length)) return false;
    const end = closed ? closer : text.length;
    // What seems a language is all there is, and so the code itself.
    const head = FENCE.length + (start + FENCE.length + language < end ? language : 0);
    const name = text.slice(start + FENCE.length, start + head).trim();
    const opening = head === FENCE.length && text[start + head] === "\n" ? head + 1 : head;
    return this.#push(
      "block",
      Math.min(opening, end - start),
      end,
      closed ? FENCE.length : 0,
      `${FENCE}${name}\n`,
    );
  }

  #mark(): boolean {
    const { text } = this;
    for (const mark of MARKS) {
      if (!text.startsWith(mark, this.#at)) continue;
      const from = this.#at + mark.length;
      if (mark.length === 1 && /\s/.test(text[from] ?? " ")) continue;
      const closer = this.#closer(mark, from + 1);
      if (closer + mark.length > this.#limit) continue;
      if (mark === "*" && /\s/.test(text[closer - 1]!)) continue;
      return this.#push("mark", mark.length, closer, mark.length, mark);
    }
    return this.#skip(text[this.#at + 1] === text[this.#at] ? 2 : 1);
  }

  #closer(mark: string, from: number): number {
    let at = this.#closers.get(mark) ?? -1;
    if (at >= from) return at;
    at = this.text.indexOf(mark, from);
    while (at !== -1 && !closes(this.text, at, mark)) at = this.text.indexOf(mark, at + 1);
    if (at === -1) at = Number.POSITIVE_INFINITY;
    this.#closers.set(mark, at);
    return at;
  }

  #push(
    kind: Span["kind"],
    opening: number,
    contentEnd: number,
    closing: number,
    mark: string,
  ): true {
    const start = this.#at;
    const span = {
      kind,
      start,
      contentStart: start + opening,
      contentEnd,
      end: contentEnd + closing,
      mark,
    };
    this.#spans.push(span);
    const isCode = kind === "block" || kind === "code";
    if (!isCode) this.#open.push(span);
    this.#at = isCode ? Math.max(span.end, start + 1) : span.contentStart;
    return true;
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

/** Whether `mark` can close something at `at`; asks of the place alone, not of what it would close. */
function closes(text: string, at: number, mark: string): boolean {
  if (mark === FENCE || mark === "\n" || mark === "||" || mark === "~~") return true;
  const sign = mark[0]!;
  const next = text[at + mark.length] ?? "";
  if (next === sign) return false;
  if (sign === "`") return text[at - 1] !== sign;
  if (text[at - 1] === "\\") return false;
  if (mark.length === 1 && text[at - 1] === sign) return false;
  return mark !== "_" || !WORD.test(next);
}
