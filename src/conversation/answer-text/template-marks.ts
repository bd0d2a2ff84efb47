/**
 * An answer without the marks by which chat templates part the turns: they are shown where a server's
 * template does not fit its model. An answer that speaks of such marks stays. Linear.
 */
import { codeSpans, insideOf } from "./code-spans.js";
import { isSpokenOf } from "./spoken-of.js";

/** `<|im_end|>` and its like, full-width ones too; then the marks of single families of models. */
const MARKS =
  /<\|[\w.:/ ▁-]{1,60}\|>|<｜[^｜<>\n]{1,60}｜>|<\/?(?:s|bos|eos|eod|pad|unk|sop|eop|start_of_turn|end_of_turn|im_start|im_end|end_of_utterance|turn\||\|turn)>|<\|turn>|\[\/?INST\]|\[(?:EOS|BOS|gMASK|sMASK)\]|<<\/?SYS>>|<unused\d{1,3}>|<extra_id_\d{1,3}>/giu;
/** After one of these the turn of the model is over, and what follows is somebody else's. */
const ENDS =
  /^(?:<\|(?:im_end|eot_id|eom_id|eot|end|return|call|endoftext|end_of_text|end_of_turn|endofturn|end_of_role|user|END_OF_TURN_TOKEN|END_RESPONSE|im_start|start_header_id|start_of_role|start)\|>|<｜(?:end▁of▁sentence|User|begin▁of▁sentence)｜>|<\/s>|<(?:eos|eod|end_of_turn|start_of_turn|im_end|im_start|end_of_utterance|turn\|)>|<\|turn>|\[INST\]|\[EOS\])$/iu;
/** The role that follows a mark which opens a turn: on a line of its own, or before another mark. */
const ROLE = /^[ \t]{0,3}(?:assistant\b|(?:model|bot|chatbot|gpt)(?=[ \t]{0,3}\n|<\|))/i;
const OPENS = /start|turn/i;

/** Words that are struck out as HTML does it. */
const LONGEST_STRUCK = 500;

interface Found {
  readonly start: number;
  readonly end: number;
  readonly mark: string;
}

/** `text` up to the end of the model's turn, without marks and without blanks around it. */
export function withoutTemplateMarks(text: string): string {
  const plain = text.trim();
  const isCode = insideOf(codeSpans(plain));
  const marks = [...plain.matchAll(MARKS)]
    .map(({ 0: mark, index }) => ({ start: index, end: index + mark.length, mark }))
    .filter(({ start }) => !isCode(start));
  const spoken = new Set(marks.filter((mark) => isWritten(plain, mark)));
  let answer = "";
  let at = 0;
  for (const found of marks) {
    if (found.start < at) continue;
    const isFirst = answer === "" && plain.slice(at, found.start).trim() === "";
    const isLast = found.end === plain.length;
    // Whoever explains such marks writes more than one, and not each in the same way.
    const isKept = spoken.has(found) || (spoken.size > 0 && !isFirst && !isLast);
    answer += plain.slice(at, isKept ? found.end : found.start);
    at = found.end;
    if (isKept) continue;
    if (isFirst) at += roleAfter(plain, found);
    else if (ENDS.test(found.mark)) return answer.trim();
  }
  return (answer + plain.slice(at)).trim();
}

/** The length of the word for the model's role that follows a mark which opens a turn. */
function roleAfter(text: string, { end, mark }: Found): number {
  if (!OPENS.test(mark)) return 0;
  return ROLE.exec(text.slice(end, end + 60))?.[0].length ?? 0;
}

/** Whether the answer means to show the mark: in a sentence, or as HTML that strikes words out. */
function isWritten(text: string, found: Found): boolean {
  if (isSpokenOf(text, found)) return true;
  return /^<\/?s>$/i.test(found.mark) && isStrikeThrough(text, found);
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
