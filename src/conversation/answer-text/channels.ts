/**
 * Answers of models that head their thoughts and their answer with a line or a mark each, in place of
 * a pair of tags: harmony's channels, Granite's and Apriel's headings, `<answer>` around the rest.
 */
import { codeSpans, insideOf } from "./code-spans.js";
import { isSpokenOf, isSubject } from "./spoken-of.js";

/** `<|start|>assistant<|channel|>final<|constrain|>…<|message|>`, each part but the channel optional. */
const CHANNELS =
  /(?:<\|start\|>\s{0,3}\w{0,20}\s{0,3})?<\|channel\|>\s{0,3}(\w{1,20})[^<>\n]{0,60}(?:<\|constrain\|>[^<>\n]{0,30})?(?:<\|message\|>|$)/g;
/** Every one has this in it. */
const CHANNEL = "<|channel|>";
const CHANNEL_ENDS = /<\|(?:end|return|call)\|>|<\|start\|>/;
/** What is left of channels where a server takes out the marks and leaves the names. */
const BARE_THOUGHTS = /^analysis(?=[\p{Lu}"“\s]|(?:we|the|user|need)\b)/u;
/** No English word goes on like this. */
const SURELY_THOUGHTS = /^analysis(?=(?:We|The|User|Need|I)\b)/;
const BARE_FINAL = "assistantfinal";
/** Others head the answer alone with a mark of their own. */
const FINAL_MARK = "<|begin|>assistant<|content|>";

const HEADED: readonly (readonly [RegExp, RegExp])[] = [
  [/^\*{0,2}Here(?:'s| is) my thought process:/i, /\*{0,2}\bHere(?:'s| is) my response:\*{0,2}/gi],
  [/^Here are my reasoning steps:/i, /\[BEGIN FINAL RESPONSE\]/g],
];
const WRAPPED =
  /^<(answer|response|output|final|final_answer|conclusion|solution|assistant)>([\s\S]*?)(?:<\/\1>|$)/i;
const FINAL_ENDS = /\[END FINAL RESPONSE\]/g;

/**
 * The part of `text` that is meant for its reader; `text` itself where it has no such parts, and
 * nothing where it `isCut` before that part.
 */
export function finalPart(text: string, isCut = false): string {
  const plain = text.trimStart();
  return lastFinalChannel(plain) ?? bareFinal(plain, isCut) ?? headedFinal(plain, isCut) ?? text;
}

/** `text` without `<answer>` or the like around all of it. */
export function unwrapped(text: string): string {
  const plain = text.trimStart();
  const inside = WRAPPED.exec(plain);
  if (inside === null || isSubject(plain, plain.indexOf(">") + 1)) return text;
  return plain.slice(inside[0].length).trim() === "" ? inside[2]! : text;
}

/** Empty where there are channels, and none of them is the answer's. */
function lastFinalChannel(text: string): string | undefined {
  const marked = text.lastIndexOf(FINAL_MARK);
  if (marked >= 0) return text.slice(marked + FINAL_MARK.length);
  if (!text.includes(CHANNEL)) return undefined;
  const isCode = insideOf(codeSpans(text));
  const marks = [...text.matchAll(CHANNELS)].filter(({ 0: mark, 1: channel, index }) => {
    if (isCode(index)) return false;
    const named = index + mark.indexOf(channel!) + channel!.length;
    const ends = [index + mark.length, named];
    return !ends.some((end) => isSpokenOf(text, { start: index, end }));
  });
  if (marks.length === 0) return undefined;
  const final = marks.findLast(([, channel]) => channel === "final");
  if (final === undefined) return text.slice(0, marks[0]!.index);
  const rest = text.slice(final.index + final[0].length);
  const end = rest.search(CHANNEL_ENDS);
  return end < 0 ? rest : rest.slice(0, end);
}

function bareFinal(text: string, isCut: boolean): string | undefined {
  if (!BARE_THOUGHTS.test(text)) return undefined;
  const at = text.lastIndexOf(BARE_FINAL);
  if (at >= 0) return text.slice(at + BARE_FINAL.length);
  return isCut && SURELY_THOUGHTS.test(text) ? "" : undefined;
}

function headedFinal(text: string, isCut: boolean): string | undefined {
  const headings = HEADED.find(([first]) => first.test(text));
  if (headings === undefined) return undefined;
  const last = [...text.matchAll(headings[1])].at(-1);
  if (last === undefined) return isCut ? "" : undefined;
  return text.slice(last.index + last[0].length).replace(FINAL_ENDS, "");
}
