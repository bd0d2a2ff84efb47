/**
 * Reads a file of settings as people save it: in any encoding of Unicode, from any system's editor.
 * What can't be read is named; nothing is passed over in silence. Knows no setting's meaning.
 */
import { parse } from "dotenv";
import { distance } from "fastest-levenshtein";

/** The settings of a file, and what is wrong with it: one sentence for each problem. */
export interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

interface Statement {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Whatever editors and clipboards take for the end of a line. */
const NEWLINE = /\r\n?|[\n\v\f\u0085\u2028\u2029]/;
const SETTING = /^\s*(?:(?:export|set)\s+|\$env:)?([\w-]+)\s*[=:]/i;
const BLANK_OR_COMMENT = /^\s*(?:#|$)/;
/** What shells write before a name. */
const SHELL_PREFIX = /^\s*(?:(?:export|set)\s+|\$env:)/i;
/** Characters that show nowhere and come along when something is copied. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;
const OPENING_QUOTE = /^[^=:#]*[=:]\s*(["'`])/;
/** A # that dotenv takes for the start of a comment although it is in the middle of a word. */
const HASH_IN_WORD = /^[^=:#]*[=:](?:#\S|\s*(?=[^\s"'`#])[^#]*[^\s#]#)/;
/** Also as word processors put them. */
const QUOTED = /^(["'`“”„‘’‚«»])(.*)(["'`“”„‘’‚«»])$/s;
/** What opens a value as word processors do, and what follows. */
const TYPOGRAPHIC = /^([^=:#]*[=:]\s*)[“”„‘’‚«»](.*)$/s;
const TYPOGRAPHIC_MARK = /[“”„‘’‚«»]/g;
const BLANK_OR_REMARK = /^\s*(?:#.*)?$/s;
/** Quotation marks that dotenv knows, those first in which it changes nothing. */
const PLAIN_QUOTES = ["'", "`", '"'] as const;
/** How many letters a name may differ from a setting's to be taken for a slip. */
const SLIP_LETTERS = 2;
const MOST_PROBLEMS = 8;

/** `names` are the settings that there are: a name in another case or with hyphens is taken for one of them. */
export function readEnvFile(bytes: Uint8Array, names: readonly string[]): EnvFile {
  const text = decode(bytes);
  if (text === undefined) {
    return { values: {}, problems: ["It is not saved as UTF-8: save it as UTF-8 in your editor."] };
  }
  const problems: string[] = [];
  const found = new Map<string, { line: number; value: string }>();
  for (const { line, text: statement } of statementsOf(text, names, problems)) {
    const setting = readStatement(statement, names);
    if (typeof setting === "string") {
      problems.push(`Line ${line} ${setting}`);
      continue;
    }
    const { name, value } = setting;
    const before = found.get(name);
    if (before?.value && value && before.value !== value) {
      problems.push(`Lines ${before.line} and ${line} both set ${name}: keep one of them.`);
    }
    if (value || !before) found.set(name, { line, value });
  }
  const values = Object.fromEntries([...found].map(([name, { value }]) => [name, value]));
  return { values, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** Without blanks and quotation marks around all of it: some programs pass these on with the value. */
export function unquote(value: string): string {
  const trimmed = value.replace(INVISIBLE, "").trim();
  const [, open, inner, close] = QUOTED.exec(trimmed) ?? [];
  if (inner === undefined || inner.includes(open!) || inner.includes(close!)) return trimmed;
  return inner.trim();
}

/** Undefined if it is no Unicode. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** By the byte order mark, or by where zeros are: settings begin with letters of ASCII. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "utf-16be";
  return "utf-8";
}

/** One setting each; a value in quotation marks may have several lines. */
function statementsOf(text: string, names: readonly string[], problems: string[]): Statement[] {
  const lines = text.split(NEWLINE).map((line) => line.replace(INVISIBLE, ""));
  const statements: Statement[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let statement = lines[at]!;
    if (BLANK_OR_COMMENT.test(statement)) continue;
    const [head, quote] = OPENING_QUOTE.exec(statement) ?? [];
    if (head !== undefined && !statement.includes(quote!, head.length)) {
      const end = endOfValue(lines, at, quote!, names);
      if (end === undefined) {
        problems.push(`Line ${line} opens a quotation mark (${quote}) that nothing closes.`);
        continue;
      }
      statement = lines.slice(at, end + 1).join("\n");
      at = end;
    }
    statements.push({ line, text: statement });
  }
  return statements;
}

/** The line that closes the quotation mark of line `start`; undefined if another setting begins before. */
function endOfValue(
  lines: readonly string[],
  start: number,
  quote: string,
  names: readonly string[],
): number | undefined {
  for (let at = start + 1; at < lines.length; at++) {
    const [, name] = SETTING.exec(lines[at]!) ?? [];
    if (name !== undefined && nameAmong(names, name) !== undefined) return undefined;
    if (lines[at]!.includes(quote)) return at;
  }
  return undefined;
}

/** What is wrong with it, in words that go on after its line's number, if it can't be read. */
function readStatement(
  statement: string,
  names: readonly string[],
): { name: string; value: string } | string {
  const plain = withPlainQuotes(statement.replace(SHELL_PREFIX, ""));
  if (plain === undefined) return "opens a quotation mark that nothing closes.";
  const [entry] = Object.entries(parse(plain));
  if (entry === undefined) return "is not a setting: write NAME=value, or # before a comment.";
  const [written, value] = entry;
  const name = nameAmong(names, written);
  if (name === undefined) {
    const meant = names.find((one) => isSlip(written.toUpperCase(), one));
    if (meant === undefined) return { name: written, value };
    return `sets ${written}, which is not a setting: do you mean ${meant}?`;
  }
  if (HASH_IN_WORD.test(plain)) {
    return `has a # in the value of ${name}: put the value in quotation marks, or a space before the # if a comment begins there.`;
  }
  return { name, value: unquote(value) };
}

/** Whether it is nearly the name, or the name as a program's code has it: `process.env.NAME`. */
function isSlip(written: string, name: string): boolean {
  return distance(name, written) <= SLIP_LETTERS || written.endsWith(`.${name}`);
}

/**
 * With quotation marks that dotenv knows in place of a word processor's, for it takes a # in those for a
 * remark's. Undefined where nothing closes them.
 */
function withPlainQuotes(statement: string): string | undefined {
  const [, head, value = ""] = TYPOGRAPHIC.exec(statement) ?? [];
  if (head === undefined) return statement;
  const marks = [...value.matchAll(TYPOGRAPHIC_MARK)].map(({ index }) => index);
  if (marks.length === 0) return undefined;
  // The first one closes it, unless it is an apostrophe.
  const end = [marks[0]!, marks.at(-1)!].find((at) => BLANK_OR_REMARK.test(value.slice(at + 1)));
  const inner = value.slice(0, end);
  const quote = PLAIN_QUOTES.find((one) => !inner.includes(one));
  if (end === undefined || quote === undefined) return statement;
  return head + quote + inner + quote + value.slice(end + 1);
}

function nameAmong(names: readonly string[], written: string): string | undefined {
  const key = lettersOf(written);
  return names.find((name) => lettersOf(name) === key);
}

function lettersOf(name: string): string {
  return name.toUpperCase().replace(/[^A-Z]/g, "");
}
