/** Counts one mark in the tokens and ends the sentence where it does. Knows the marks' likes only. */
import { BLANK, DIGIT, EMOJI, kindOf } from "./characters.js";
import type { Tokens } from "./tokens.js";

/** Each ASCII mark, followed by the marks of other scripts that count as it. */
const LIKES = ["?？؟", "!！", ".。．", ",，、،", ";；؛", ":：", '"“”„«»「」', "(（", "-—–"];
const LAUGHING = new Set(
  Array.from("😀😁😂😃😄😅😆😉😈😋😎😏😛😜😝😹🙃🙈🤡🤣🤪🥴🤭💀", (one) => one.codePointAt(0)!),
);
/** They open what the plain ones close, so they are no second question. */
const INVERTED = new Set(Array.from("¿¡", (one) => one.charCodeAt(0)));
const BACKTICK = 0x60;
const STOPS = "?!.";
/** From here on marks are as wide as an ideograph, and no blank follows them. */
const FIRST_WIDE_MARK = 0x3000;

const PLAIN_MARKS = plainMarks();

/** Counts the mark `codePoint`, which stands at `at`. */
export function readMark(text: string, at: number, codePoint: number, tokens: Tokens): void {
  if ((kindOf(codePoint) & EMOJI) !== 0) {
    tokens.emoji++;
    if (LAUGHING.has(codePoint)) tokens.laughing++;
  }
  if (INVERTED.has(codePoint)) tokens.inverted++;
  const plain = PLAIN_MARKS.get(codePoint) ?? codePoint;
  if (plain >= tokens.marks.length) return;
  tokens.marks[plain]!++;
  if (plain === BACKTICK) tokens.backticks.push(tokens.words);
  if (!STOPS.includes(String.fromCharCode(plain))) return;
  tokens.lastStop = plain;
  const next = at + 1;
  const blankNext = next >= tokens.characters || (kindOf(text.charCodeAt(next)) & BLANK) !== 0;
  if ((blankNext || codePoint >= FIRST_WIDE_MARK) && saysSomething(tokens)) {
    tokens.sentenceEnds.push(tokens.words);
  }
}

/** Whether the open sentence has words; a number alone, as before a list item, is no sentence. */
function saysSomething({ words, sentenceEnds, starts, units }: Tokens): boolean {
  const from = sentenceEnds.at(-1) ?? 0;
  if (words - from !== 1) return words > from;
  return (kindOf(units[starts[from]!]!) & DIGIT) === 0;
}

function plainMarks(): Map<number, number> {
  const plain = new Map<number, number>();
  for (const [like, ...others] of LIKES) {
    for (const other of others) plain.set(other.charCodeAt(0), like!.charCodeAt(0));
  }
  return plain;
}
