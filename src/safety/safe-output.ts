/**
 * What the language model wrote, made fit to be shown: no secret, no token, no invitation, no ping,
 * no link with another face, no line that looks like the bot's own. Works on the whole text, inside
 * of code too: what is code to one reader of Markdown is none to another.
 */
import { ProtectedTexts } from "./protected-texts.js";
import { REMOVED, withoutTokens } from "./secrets.js";
import { visibleText } from "./visible-text.js";

export interface SafeOutput {
  readonly text: string;
  /** Whether it held a secret, a token or a stretch of the system prompt. */
  readonly leaked: boolean;
}

export interface OutputGuardOptions {
  /** Never shown, not even in part. */
  readonly secrets: readonly string[];
  /** Never shown word for word: what the language model is told about itself. */
  readonly prompts: readonly string[];
}

export type OutputGuard = (text: string) => SafeOutput;

/** A sign that may be escaped or set apart, as in "discord . gg \/ abc". */
const DOT = String.raw`[\s\\]{0,3}[.。．․]\s{0,2}`;
const SLASH = String.raw`[\s\\]{0,3}[/／⁄]\s{0,2}\\?`;
const INVITE_HOSTS = [
  String.raw`discord(?:app)?${DOT}com${SLASH}(?:api${SLASH})?(?:invite|oauth2)(?:${SLASH}authorize)?(?:${SLASH}|(?=\?))`,
  `discord${DOT}(?:gg|gift|me|io|li|link)${SLASH}`,
  `(?:dsc|invite)${DOT}gg${SLASH}`,
].join("|");
const INVITES = new RegExp(
  String.raw`(?:https?:\s{0,2}[\\/]{2,4})?(?:[\w-]{1,20}\.){0,2}(?:${INVITE_HOSTS})[\w?=&%+.,/-]{1,300}`,
  "giu",
);

const EVERYBODY = /@(?=everyone|here)/gi;
const MEMBERS = /<@!?\d{1,20}>/g;
const ROLES = /<@&\d{1,20}>/g;

/** A link with words for a face; and the seam between face and target, however the face is written. */
const MASKED =
  /!?\[([^[\]\n]{1,500})\]\(\s{0,3}<?(https?:\/\/[^\s()<>]{1,2000})>?(?:\s{1,3}["'][^"'\n]{0,200}["'])?\s{0,3}\)/gi;
const SEAM = /\](\\?)\((?=\s{0,20}<?\s{0,20}[a-z][a-z0-9+.-]{1,20}:)/gi;

/** Small print at the start of a line, also inside of quotes and lists, is the bot's own. */
const SMALL_PRINT = /^((?:[ \t]{0,8}(?:>{1,3}|[-*+]|\d{1,4}[.)]))*[ \t]*)-#(?=\s)/gm;

/** Makes the guard for one configuration. */
export function createOutputGuard({ secrets, prompts }: OutputGuardOptions): OutputGuard {
  const hidden = new ProtectedTexts(prompts, secrets);
  return (text) => {
    const seen = withoutPings(visibleText(text));
    const bare = withoutTokens(withoutProtected(seen, hidden));
    return { text: closeCode(harmless(bare)).trim(), leaked: bare !== seen };
  };
}

function withoutPings(text: string): string {
  return text.replace(MEMBERS, "@someone").replace(ROLES, "@role").replace(EVERYBODY, "@\u200b");
}

function withoutProtected(text: string, hidden: ProtectedTexts): string {
  let shown = "";
  let at = 0;
  for (const { start, end } of hidden.find(text)) {
    shown += text.slice(at, start) + REMOVED;
    at = end;
  }
  return shown + text.slice(at);
}

function harmless(text: string): string {
  return text
    .replace(INVITES, "[invitation removed]")
    .replace(MASKED, (_, face: string, url: string) =>
      face.trim() === url ? `<${url}>` : `${face} (<${url}>)`,
    )
    .replace(SEAM, "] (")
    .replace(SMALL_PRINT, "$1\\-#");
}

/** A code block that is left open would take in whatever comes after it. */
function closeCode(text: string): string {
  const fences = text.match(/```/g)?.length ?? 0;
  return fences % 2 === 0 ? text : `${text}\n\`\`\``;
}
