/**
 * A reasoning model's answer without its thoughts, whose marks differ from model to model. An answer
 * that speaks of such marks, in code or in a sentence, stays. Linear; knows no server.
 */
import { codeSpans, insideOf } from "./code-spans.js";
import { continuesSentence, isShownPair, isSpokenOf, isSubject, type Mark } from "./spoken-of.js";

const NAMES =
  "think(?:_\\w{1,40})?|thinking|antthinking|thoughts?|(?:thought|thinking|reasoning)_process|reasoning|reflection|analysis|scratch[_-]?pad|inner_monologue|internal_monologue|reasoning_scratchpad|chain_of_thought|cot|tool_calls?";
/** `<think>`, `<seed:think>`, `[THINK]`, `◁think▷`, `<|START_THINKING|>` and their closing marks. */
const TAGS = new RegExp(
  [
    String.raw`[<＜][ ]?/?[ ]?(?:\w{1,20}[:_])?(?:${NAMES})(?:\s[^<>\n]{0,200})?[ ]?[>＞]`,
    `&lt;/?(?:${NAMES})&gt;`,
    String.raw`\[/?(?:THINK|THOUGHT|REASONING)\]`,
    `[◁◂]/?(?:${NAMES})[▷▸]`,
    `<[|｜](?:(?:end|/)_?(?:of_?)?|(?:start|begin)_?(?:of_?)?)?(?:${NAMES})(?::start|:end)?[|｜]>`,
    String.raw`<details type="reasoning"[^<>\n]{0,200}>`,
    String.raw`<details>\s{0,3}<summary>[^<>\n]{0,40}\b(?:think|thought|reason)`,
    "</details>",
    String.raw`<unused9[45]>|<ctrl9[45]>|\[unused1[67]\]`,
    String.raw`<\|inner_(?:prefix|suffix)\|>`,
    String.raw`<\|channel>thought\b|<channel\|>`,
  ].join("|"),
  "giu",
);
/** What every one of them begins with. */
const FIRST_SIGN = /[<＜&[◁◂]/;
const CLOSING =
  /^(?:.[ ]?\/|&lt;\/|<[|｜](?:end|\/)|<[|｜]\w{1,30}:end|<\|inner_suffix|<(?:unused|ctrl)95|\[unused17|<channel)/i;
/** A model that was told not to think says so; and thoughts in a block of code of their own. */
const NO_THOUGHTS = /^\s*<\/?(?:no_?think(?:ing)?|(?:think|thinking)[ ]?\/)>/i;
const FENCED = /^\s*```(?:think(?:ing)?|thoughts?|reasoning)[ \t]*\n[\s\S]*?\n```(?=\s)/i;
/** They belong together alone: anywhere else they are ordinary HTML. */
const DETAILS = /^<\/?details/i;

interface Tag extends Mark {
  readonly closes: boolean;
  readonly inCode: boolean;
  readonly isDetails: boolean;
}

/** `whole` without thoughts. Where it `isCut` by length, what was never closed is all thoughts. */
export function withoutThoughts(whole: string, isCut = false): string {
  const text = whole.replace(NO_THOUGHTS, "").replace(FENCED, "");
  const tags = tagsIn(text);
  const kept: string[] = [];
  let from = 0;
  let hadBlock = false;
  // Whether a search has found nothing that closes: a later one would look at fewer marks.
  const unclosed = { details: false, tags: false };
  for (let at = 0; at < tags.length; at++) {
    const tag = tags[at]!;
    if (tag.start < from) continue;
    const next = tags[at + 1];
    if (next !== undefined && isPair(tag, next) && isShownPair(text, tag, next, from)) {
      at++;
      continue;
    }
    if (isOfTheAnswer(text, tag, from)) continue;
    if (tag.closes) {
      if (tag.isDetails) continue;
      // Its opening mark was in the template: all before it was thought.
      if (hadBlock && text.slice(tag.end).trim() === "") kept.push(text.slice(from, tag.start));
      else kept.length = 0;
      from = tag.end;
      continue;
    }
    const kind = tag.isDetails ? "details" : "tags";
    const close = unclosed[kind] ? undefined : closeOf(text, tags, at, from);
    unclosed[kind] ||= close === undefined;
    if (close === undefined && !isCut && continuesSentence(text, tag.end)) continue;
    kept.push(text.slice(from, tag.start));
    if (close === undefined) return kept.join("");
    hadBlock = true;
    from = tags[close]!.end;
    at = close;
  }
  kept.push(text.slice(from));
  return kept.join("");
}

function isPair(open: Tag, close: Tag): boolean {
  return !open.closes && close.closes && !open.inCode && !close.inCode && !open.isDetails;
}

function tagsIn(text: string): Tag[] {
  if (!FIRST_SIGN.test(text)) return [];
  const marks = [...text.matchAll(TAGS)];
  if (marks.length === 0) return [];
  const isCode = insideOf(codeSpans(text));
  const tags: Tag[] = [];
  for (const { 0: mark, index } of marks) {
    tags.push({
      start: index,
      end: index + mark.length,
      closes: CLOSING.test(mark),
      inCode: isCode(index),
      isDetails: DETAILS.test(mark),
    });
  }
  return tags;
}

/** Whether the answer, which begins at `from`, speaks of this mark. */
function isOfTheAnswer(text: string, tag: Tag, from: number): boolean {
  if (tag.inCode || isSpokenOf(text, tag)) return true;
  // Thoughts begin with an answer or with a line of it.
  const isFirst = isBlank(text, from, tag.start);
  if (!tag.closes) return isFirst ? isSentenceAbout(text, tag) : !startsLine(text, tag.start);
  return isFirst && continuesSentence(text, tag.end);
}

/** "<think> opens the thoughts, and </think> closes them." */
function isSentenceAbout(text: string, { end }: Tag): boolean {
  if (!/^[ ]\p{Ll}/u.test(text.slice(end, end + 3))) return false;
  const sentence = text.slice(end, end + 200);
  TAGS.lastIndex = 0;
  const next = TAGS.exec(sentence);
  TAGS.lastIndex = 0;
  if (next === null) return isSubject(text, end);
  const line = sentence.slice(0, next.index);
  const mark = { start: end + next.index, end: end + next.index + next[0].length };
  return !line.includes("\n") && isSpokenOf(text, mark);
}

/**
 * The mark that closes the thoughts opened by the mark `at`: outside of code, or on a line of its own.
 * A backtick in the thoughts may pair with one of the answer's, so that the mark between them only
 * seems to be code; thoughts that begin an answer end there where nothing else ends them.
 */
function closeOf(text: string, tags: readonly Tag[], at: number, from: number): number | undefined {
  const isLeading = isBlank(text, from, tags[at]!.start);
  const { isDetails } = tags[at]!;
  let seemingCode: number | undefined;
  for (let next = at + 1; next < tags.length; next++) {
    const tag = tags[next]!;
    if (!tag.closes || tag.isDetails !== isDetails || isSpokenOf(text, tag)) continue;
    if (!tag.inCode || (isLeading && hasOwnLine(text, tag))) return next;
    if (isLeading && text[tag.start - 1] !== "`") seemingCode ??= next;
  }
  return seemingCode;
}

function hasOwnLine(text: string, { start, end }: Mark): boolean {
  return startsLine(text, start) && /^[ \t]{0,20}(?:\n|$)/.test(text.slice(end, end + 21));
}

function startsLine(text: string, start: number): boolean {
  return /(?:^|\n)[ \t>]{0,20}$/.test(text.slice(Math.max(0, start - 21), start));
}

/** Whether there is nothing but blanks and marks of templates between the two positions. */
function isBlank(text: string, from: number, to: number): boolean {
  // Marks of templates are short; more than this is words.
  if (to - from > 500) return false;
  return (
    text
      .slice(from, to)
      .replace(/<[^<>\s]{1,60}>|\bassistant\b/g, "")
      .trim() === ""
  );
}
