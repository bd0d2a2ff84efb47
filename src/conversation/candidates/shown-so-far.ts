/**
 * How much of an answer may be shown while it is still being written: what the steps to an answer and the
 * guard would let through if it ended here, without a tail in which something may begin that they take
 * out. What is shown only grows. Knows no server and no Discord.
 */
import type { ProtectedTexts } from "../../safety/protected-texts.js";
import type { OutputGuard } from "../../safety/safe-output.js";
import { spokenText } from "../answer-text/answer-text.js";

/** No stretch that the guard finds needs more letters and digits to be recognised than forty ... */
const TAIL_LETTERS = 48;
/** ... nor more characters of other kinds than the name of a command. */
const TAIL_CHARACTERS = 130;
/** Bytes in hex are longer: such a run is shown once it is over. */
const LEAST_BYTES = 6;
const LONGEST_HEX = 300;
/** The face of a link goes on for so long at most. */
const LONGEST_FACE = 500;
const LETTER = /[\p{L}\p{N}]/u;
/** After these a new word begins in languages that write without blanks. */
const CJK_STOP = /[。、，！？；：…」』）]/u;
/** A run without blanks that has none of these is no address, token or mark. */
const PLAIN_RUN = /^[^:/@.\-_=<>[\]()`#$\\]*$/;
/** Marks around words that look broken, or hide nothing, until they are closed. */
const MARKS = ["||", "**", "__", "~~", "`"] as const;

export class ShownSoFar {
  #shown = "";

  /** `told` is what the request was told about its manner. */
  constructor(
    private readonly guard: OutputGuard,
    private readonly told: ProtectedTexts | undefined,
  ) {}

  /**
   * What may be shown of the answer of which `raw` has come. It begins with what was shown before, also
   * while an answer that broke off begins anew; only if that turns out to be no part of the answer it is "".
   */
  of(raw: string): string {
    const spoken = spokenText(raw, true);
    const { text, leaked } = this.guard(spoken, this.told);
    // Taken as prose, so that nothing hangs on how backticks pair later on.
    const flat = this.guard(spoken.replaceAll("`", ""), this.told);
    if (leaked || flat.leaked) return this.#shown;
    const safe = withoutTail(commonStart(text, spoken));
    if (safe.startsWith(this.#shown)) this.#shown = safe;
    else if (!text.startsWith(this.#shown) && !this.#shown.startsWith(text)) this.#shown = "";
    return this.#shown;
  }
}

/** Where the guard has changed something nothing more is shown until the answer is whole. */
function commonStart(text: string, spoken: string): string {
  let at = 0;
  while (at < text.length && text[at] === spoken[at]) at++;
  return text.slice(0, at);
}

/** `text` up to the end of a word before its tail, outside of links and marks that are still open. */
function withoutTail(text: string): string {
  let letters = 0;
  let end = text.length;
  while (end > 0 && (letters < TAIL_LETTERS || text.length - end < TAIL_CHARACTERS)) {
    end--;
    if (LETTER.test(text[end]!)) letters++;
  }
  const word = endOfWord(text, end);
  const run = startOfHex(text, word);
  const cut = outsideOfMarks(text, outsideOfTag(text, outsideOfFace(text, endOfWord(text, run))));
  return text.slice(0, cut).trimEnd();
}

/** Where the bytes in hex begin that end at `end`, with a blank or a colon after each or none; `end` if there are few. */
function startOfHex(text: string, end: number): number {
  const earliest = Math.max(0, end - LONGEST_HEX);
  let start = end;
  let bytes = 0;
  for (;;) {
    const last = /[\s:]/.test(text[start - 1] ?? "") ? start - 1 : start;
    if (last - 2 < earliest || !/^[0-9a-f]{2}$/i.test(text.slice(last - 2, last))) break;
    start = last - 2;
    bytes++;
  }
  return bytes >= LEAST_BYTES ? start : end;
}

function endOfWord(text: string, from: number): number {
  let run = from;
  while (run > 0 && !/\s/.test(text[run - 1]!)) run--;
  for (let at = from; at > run; at--) {
    if (!CJK_STOP.test(text[at - 1]!)) continue;
    return PLAIN_RUN.test(text.slice(run, at)) ? at : run;
  }
  return run;
}

/** Before a bracket of the last line that may be the face of a link. */
function outsideOfFace(text: string, end: number): number {
  const line = text.lastIndexOf("\n", end - 1) + 1;
  const open = text.lastIndexOf("[", end - 1);
  if (open < Math.max(line, end - LONGEST_FACE)) return end;
  const close = text.indexOf("]", open);
  return close === -1 || close >= end - 1 || text[close + 1] === "(" ? open : end;
}

/** Before a sign of the last line that may open a mark of a template, or thoughts. */
function outsideOfTag(text: string, end: number): number {
  const line = text.lastIndexOf("\n", end - 1) + 1;
  const open = text.lastIndexOf("<", end - 1);
  if (open < line) return end;
  const close = text.indexOf(">", open);
  return close === -1 || close >= end ? open : end;
}

/** Before a mark of the last paragraph that is not closed in what is shown; a block of code is closed by its reader. */
function outsideOfMarks(text: string, end: number): number {
  const begin = text.lastIndexOf("\n\n", end - 1) + 1;
  const fences = text.slice(0, end).split("```").length - 1;
  if (fences % 2 === 1) return end;
  let cut = end;
  for (const mark of MARKS) {
    const paragraph = text.slice(begin, cut);
    if (paragraph.includes("```")) continue;
    const parts = paragraph.split(mark);
    if (parts.length % 2 === 0) cut = begin + paragraph.lastIndexOf(mark);
  }
  return cut;
}
