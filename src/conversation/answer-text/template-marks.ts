/**
 * An answer without the marks by which chat templates part the turns: they are shown where a server's
 * template does not fit its model. An answer that speaks of such marks stays. Linear.
 */
import { codeSpans, insideOf } from "./code-spans.js";
import { isSpokenOf, isSubject } from "./spoken-of.js";

/** `<|im_end|>` and its like, full-width ones too; then the marks of single families of models. */
const MARKS = new RegExp(
  [
    String.raw`<\|[\w.:/ ▁-]{1,60}\|>|<｜[^｜<>\n]{1,60}｜>|<\|turn>|<\|?(?:im_(?:start|end|sep|user)|(?:start|end)_of_(?:turn|text|role)|end_of_utterance)\|?>`,
    String.raw`<\/?(?:s|bos|eos|eod|eot|pad|unk|sop|eop|eos_token|bos_token|turn\||\|turn|assistant)>`,
    String.raw`\[\/?(?:INST|SYSTEM_PROMPT)\]|\[(?:EOS|BOS|gMASK|sMASK)\]|<<\/?SYS>>`,
    String.raw`\[\|\w{1,20}\|\]|<SPECIAL_\d{1,3}>|<unused\d{1,3}>|\[unused\d{1,3}\]|<extra_id_\d{1,3}>`,
    String.raw`<role>(?:assistant|human|system)<\/role>|\[e~\[|\]~b\]`,
    // What is left of one where the answer was stopped within it.
    String.raw`<\|[a-z_]{2,20}\|?$`,
  ].join("|"),
  "giu",
);
/** What every one of them begins with. */
const FIRST_SIGN = /[<[\]]/;
/** After one of these the turn of the model is over, and what follows is somebody else's. */
const ENDS = new RegExp(
  [
    String.raw`^(?:<\|(?:im_end|eot_id|eom_id|eot|end|return|call|endoftext|end_of_text|end_of_turn|endofturn|end_of_role|user|END_OF_TURN_TOKEN|END_RESPONSE|im_start|start_header_id|start_of_role|start|eos|eos_token|role_end|header_start|im_user|begin)\|>`,
    "<｜(?:end▁of▁sentence|User|begin▁of▁sentence)｜>",
    String.raw`<\/(?:s|assistant)>|<(?:eos|eod|eot|eos_token|turn\|)>|<\|?(?:im_(?:start|end|user)|(?:start|end)_of_turn|end_of_(?:text|utterance))\|?>|<\|turn>`,
    String.raw`\[INST\]|\[EOS\]|\[\|(?:endofturn|user|system)\|\]|\[e~\[|\]~b\]|<extra_id_[01]>|<SPECIAL_1[12]>)$`,
  ].join("|"),
  "iu",
);
/** The role that follows a mark which opens a turn: on a line of its own, or before another mark. */
const ROLE = /^[ \t]{0,3}(?:assistant\b|(?:model|bot|chatbot|gpt|ai)(?=[ \t]{0,3}\n|<\|))/i;
const OPENS = /start|turn|extra_id|special|im_assistant|~b/i;
/** Where a server takes out the marks and leaves the roles: before the answer, and behind it. */
const BARE_ROLE =
  /^(?:assistant[ \t]{0,3}\n|#{2,3} ?(?:Response|Assistant):|ASSISTANT:[ \t])|(?<=[.!?…)\]"'])assistant\n\n[\s\S]*$/g;

/** Words that are struck out as HTML does it. */
const LONGEST_STRUCK = 500;

interface Found {
  readonly start: number;
  readonly end: number;
  readonly mark: string;
}

/** `text` up to the end of the model's turn, without marks and without blanks around it. */
export function withoutTemplateMarks(text: string): string {
  const plain = text.trim().replace(BARE_ROLE, "").trim();
  const marks = marksIn(plain);
  if (marks.length === 0) return plain;
  const spoken = new Set(marks.filter((mark) => isWritten(plain, mark)));
  let answer = "";
  let at = 0;
  for (const found of marks) {
    if (found.start < at) continue;
    const isFirst = answer === "" && plain.slice(at, found.start).trim() === "";
    // Whoever explains such marks writes more than one, and not each in the same way.
    const isKept = spoken.has(found) || (spoken.size > 0 && !isFirst && !endsAnswer(plain, found));
    answer += plain.slice(at, isKept ? found.end : found.start);
    at = found.end;
    if (isKept) continue;
    if (isFirst) at += roleAfter(plain, found);
    else if (ENDS.test(found.mark)) return answer.trim();
  }
  return (answer + plain.slice(at)).trim();
}

/** Outside of code. */
function marksIn(text: string): Found[] {
  if (!FIRST_SIGN.test(text)) return [];
  const found = [...text.matchAll(MARKS)];
  if (found.length === 0) return [];
  const isCode = insideOf(codeSpans(text));
  return found
    .map(({ 0: mark, index }) => ({ start: index, end: index + mark.length, mark }))
    .filter(({ start }) => !isCode(start));
}

/** The length of the word for the model's role that follows a mark which opens a turn. */
function roleAfter(text: string, { end, mark }: Found): number {
  if (!OPENS.test(mark)) return 0;
  return ROLE.exec(text.slice(end, end + 60))?.[0].length ?? 0;
}

/** Whether the mark is the last thing in `text`, and no part of its last sentence. */
function endsAnswer(text: string, { start, end }: Found): boolean {
  return end === text.length && !/[\p{L}\p{N},(][ \t]$/u.test(text.slice(0, start).slice(-2));
}

/** Whether the answer means to show the mark: in a sentence, or as HTML that strikes words out. */
function isWritten(text: string, found: Found): boolean {
  if (isSpokenOf(text, found)) return true;
  const { start, end, mark } = found;
  // The word behind it belongs to it: "<|im_start|>user opens a turn".
  const word = /^\w{1,20}(?:<\|message\|>)?/.exec(text.slice(end, end + 40))?.[0].length ?? 0;
  if (word > 0 && isSpokenOf(text, { start, end: end + word })) return true;
  if (start === 0 && isSubject(text, end)) return true;
  if (/:[ \t]{0,3}\n$/.test(text.slice(Math.max(0, start - 5), start)) && end < text.length) {
    return true;
  }
  return /^<\/?s>$/i.test(mark) && isStrikeThrough(text, found);
}

function isStrikeThrough(text: string, { start, end, mark }: Found): boolean {
  if (mark.toLowerCase() === "<s>") {
    const close = text.slice(end, end + LONGEST_STRUCK).search(/<\/s>/i);
    return close >= 0 && (start > 0 || end + close + "</s>".length < text.length);
  }
  const from = Math.max(0, start - LONGEST_STRUCK);
  const before = text.slice(from, start).toLowerCase();
  const opened = before.lastIndexOf("<s>");
  if (opened < 0 || before.includes("</s>", opened)) return false;
  return from + opened > 0 || end < text.length;
}
