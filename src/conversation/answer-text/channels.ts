/**
 * Answers of models that head their thoughts and their answer with a line or a mark each, in place of
 * a pair of tags: harmony's channels, Granite's and Apriel's headings, `<answer>` around the rest.
 */
import { codeSpans, insideOf } from "./code-spans.js";
import { isSpokenOf } from "./spoken-of.js";

/** `<|start|>assistant<|channel|>final<|constrain|>…<|message|>`, each part but the channel optional. */
const CHANNELS =
  /(?:<\|start\|>\s{0,3}\w{0,20}\s{0,3})?<\|channel\|>\s{0,3}(\w{1,20})[^<>\n]{0,60}(?:<\|constrain\|>[^<>\n]{0,30})?(?:<\|message\|>|$)/g;
const CHANNEL_ENDS = /<\|(?:end|return|call)\|>|<\|start\|>/;
/** What is left of channels where a server takes out the marks and leaves the names. */
const BARE_THOUGHTS = /^analysis(?=[\p{Lu}"“])/u;
const BARE_FINAL = "assistantfinal";

const HEADED: readonly (readonly [RegExp, RegExp])[] = [
  [/^Here(?:'s| is) my thought process:/i, /\bHere(?:'s| is) my response:/gi],
  [/^Here are my reasoning steps:/i, /\[BEGIN FINAL RESPONSE\]/g],
];
const WRAPPED = /^<answer>([\s\S]*?)(?:<\/answer>|$)/i;
const FINAL_ENDS = /\[END FINAL RESPONSE\]/g;

/** The part of `text` that is meant for its reader; `text` itself where it has no such parts. */
export function finalPart(text: string): string {
  const plain = text.trimStart();
  return lastFinalChannel(plain) ?? bareFinal(plain) ?? headedFinal(plain) ?? text;
}

/** `text` without `<answer>` around all of it. */
export function unwrapped(text: string): string {
  const inside = WRAPPED.exec(text.trimStart());
  const isAll = inside !== null && text.trimStart().slice(inside[0].length).trim() === "";
  return isAll ? inside[1]! : text;
}

/** Empty where there are channels, and none of them is the answer's. */
function lastFinalChannel(text: string): string | undefined {
  const isCode = insideOf(codeSpans(text));
  const marks = [...text.matchAll(CHANNELS)].filter(({ 0: mark, index }) => {
    return !isCode(index) && !isSpokenOf(text, { start: index, end: index + mark.length });
  });
  if (marks.length === 0) return undefined;
  const final = marks.findLast(([, channel]) => channel === "final");
  if (final === undefined) return text.slice(0, marks[0]!.index);
  const rest = text.slice(final.index + final[0].length);
  const end = rest.search(CHANNEL_ENDS);
  return end < 0 ? rest : rest.slice(0, end);
}

function bareFinal(text: string): string | undefined {
  if (!BARE_THOUGHTS.test(text)) return undefined;
  const at = text.lastIndexOf(BARE_FINAL);
  return at < 0 ? undefined : text.slice(at + BARE_FINAL.length);
}

function headedFinal(text: string): string | undefined {
  const headings = HEADED.find(([first]) => first.test(text));
  if (headings === undefined) return undefined;
  const last = [...text.matchAll(headings[1])].at(-1);
  if (last === undefined) return undefined;
  return text.slice(last.index + last[0].length).replace(FINAL_ENDS, "");
}
