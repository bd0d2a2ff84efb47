/**
 * Takes secrets out of what is logged or printed: by the name of a field at any depth, by value, and
 * by look, also inside of messages, causes and stacks. Knows lines of JSON, and no logger.
 */
import { REMOVED, withoutTokens } from "./secrets.js";

/** Names without hyphens and underscores, in small letters; these endings make a field a secret ... */
const SECRET_ENDINGS =
  /(?:token|apikey|authorization|secret|password|passwd|passphrase|credentials|cookie|encryptionkey|privatekey|accesskey)$/;
/** ... and these fields hold what was sent, with its headers and members' words. */
const WHOLE_FIELDS: ReadonlySet<string> = new Set(["headers", "request", "requestbody"]);
/** A line without any of it need not be taken apart. */
const HINT =
  /"[^"]{0,100}(?:token|key|authorization|secret|pass|credentials|cookie|headers|request)[^"]{0,100}":/i;
/** As `token=abc` in an address or a sentence. */
const ASSIGNED =
  /\b((?:api[_-]?key|(?:access|refresh|bot|auth)?[_-]?token|client[_-]?secret|secret|password|passwd|authorization)\s{0,3}[=:]\s{0,3})(?!\[)[^\s"',;&\\]{6,400}/gi;

export type Redaction = (text: string) => string;

/** Takes `secrets`, and whatever looks like one, out of a text. */
export function createRedaction(secrets: readonly string[]): Redaction {
  const written = [...new Set(secrets.flatMap(spellings))].sort(
    (first, second) => second.length - first.length,
  );
  return (text) => {
    let bare = text;
    for (const secret of written) bare = bare.replaceAll(secret, REMOVED);
    return withoutTokens(bare).replace(ASSIGNED, `$1${REMOVED}`);
  };
}

/** As written in a text, in a line of JSON, in an address, and in base64. */
function spellings(secret: string): string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
  ];
}

/** The same for lines of JSON, in which fields with a secret's name lose their values too. */
export function createLineRedaction(secrets: readonly string[]): Redaction {
  const redact = createRedaction(secrets);
  return (line) => redact(HINT.test(line) ? withoutSecretFields(line) : line);
}

function withoutSecretFields(line: string): string {
  const end = line.endsWith("\n") ? "\n" : "";
  try {
    return JSON.stringify(JSON.parse(line, hideSecret)) + end;
  } catch {
    // No JSON, so no fields: what a secret looks like is still found.
    return line;
  }
}

function hideSecret(name: string, value: unknown): unknown {
  const plain = name.replace(/[-_]/g, "").toLowerCase();
  if (value === null || typeof value === "boolean") return value;
  return SECRET_ENDINGS.test(plain) || WHOLE_FIELDS.has(plain) ? REMOVED : value;
}
