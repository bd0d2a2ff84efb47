/**
 * What must never be shown or logged: the configured secrets, and what looks like one. Knows the
 * configuration's shape and no text of its own.
 */
import type { Config } from "../config.js";

/** Takes the place of what was removed. */
export const REMOVED = "[removed]";

/** Anything shorter is not a secret, and would be found inside ordinary words. */
const SHORTEST_SECRET = 8;

export type SecretConfig = Partial<
  Pick<Config, "discord" | "openai" | "fallback" | "encryptionKey" | "storeUrl">
>;

/** The values that the owner of this bot keeps secret, in every form in which they are written. */
export function secretsOf(config: SecretConfig): string[] {
  const { discord, openai, fallback, encryptionKey, storeUrl } = config;
  const key = encryptionKey && Buffer.from(encryptionKey);
  const values = [
    discord?.token,
    openai?.apiKey,
    fallback?.apiKey,
    passwordOf(discord?.apiUrl),
    passwordOf(openai?.baseUrl),
    passwordOf(fallback?.baseUrl),
    passwordOf(storeUrl),
    key?.toString("base64"),
    key?.toString("base64url"),
    key?.toString("hex"),
    key?.toString("hex").toUpperCase(),
  ];
  const long = values.filter((value) => value !== undefined && value.length >= SHORTEST_SECRET);
  return [...new Set(long as string[])];
}

function passwordOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return decodeURIComponent(new URL(url).password);
}

/**
 * Tokens and keys by their look. Every length has an end, so that no text makes one slow; none
 * crosses a quotation mark, so that a line of JSON stays one.
 */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // A name and a password in an address, its scheme taken out as well.
  [/(:\/\/)[^\s"'<>/@:]{0,100}:[^\s"'<>@/]{1,200}@/gi, `$1${REMOVED}@`],
  // Discord: the token of a bot or a person; then the one in the address of a webhook.
  [/[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,80}/g, REMOVED],
  [/\bmfa\.[\w-]{20,200}/g, REMOVED],
  [/\b(webhooks|interactions)(\/\d{1,20}\/)(?!\[)[^\s"'/?\\<>]{1,400}/gi, `$1$2${REMOVED}`],
  // A JSON web token, and the keys of OpenAI and others, GitHub, GitLab, npm, Slack, Google, AWS.
  [/(?<![\w-])eyJ[\w-]{10,2000}\.[\w-]{10,2000}\.[\w-]{0,2000}/g, REMOVED],
  [/\bsk-(?=[\w-]{0,200}\d)[\w-]{16,200}/g, REMOVED],
  [/\bgh[opsur]_[A-Za-z0-9]{20,255}/g, REMOVED],
  [/\bgithub_pat_\w{20,255}/g, REMOVED],
  [/\bglpat-[\w-]{20,100}/g, REMOVED],
  [/\b(?:npm|hf)_[A-Za-z0-9]{20,100}/g, REMOVED],
  [/\bxox[abeprs]-[\w-]{10,200}/g, REMOVED],
  [/\bAIza[\w-]{30,60}/g, REMOVED],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, REMOVED],
  [/\b(Bearer|Basic|Bot)(\s{1,3})(?=\S{0,400}\d)[\w.~+/=-]{16,400}/gi, `$1$2${REMOVED}`],
];

/** What each of them has in it: mostly a word that is longer than words and Discord's ids are. */
const ANY_SHAPE =
  /[\w.~+/=-]{20}|:\/\/|webhooks\/|interactions\/|\bsk-|\bxox|\b(?:Bearer|Basic|Bot)\s/i;

/** `text` with {@link REMOVED} in place of everything that looks like a token or a key. */
export function withoutTokens(text: string): string {
  const bare = withoutKeys(text);
  if (!ANY_SHAPE.test(bare)) return bare;
  return SHAPES.reduce((rest, [shape, mark]) => rest.replace(shape, mark), bare);
}

const KEY_BEGIN = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/g;
const KEY_END = /-----END [A-Z ]{0,40}-----|"/g;
/** What may follow the beginning of a key whose end is missing. */
const KEY_BODY = /[\w\s+/=\\-]{0,8000}/y;

/** Private keys, from their beginning to their end; a line of JSON ends one as well. */
function withoutKeys(text: string): string {
  let shown = "";
  let at = 0;
  let end: RegExpExecArray | null | undefined;
  for (const { 0: begin, index } of text.matchAll(KEY_BEGIN)) {
    if (index < at) continue;
    const body = index + begin.length;
    if (end === undefined || (end !== null && end.index < body)) {
      KEY_END.lastIndex = body;
      end = KEY_END.exec(text);
    }
    shown += text.slice(at, index) + REMOVED;
    at = end !== null && end[0] !== '"' ? end.index + end[0].length : bodyEnd(text, body);
  }
  return shown + text.slice(at);
}

function bodyEnd(text: string, from: number): number {
  KEY_BODY.lastIndex = from;
  return from + (KEY_BODY.exec(text)?.[0].length ?? 0);
}
