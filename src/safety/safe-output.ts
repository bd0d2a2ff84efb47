/**
 * What the language model wrote, made fit to be shown: no secret, no token, no invitation, no ping,
 * no link with another face, no line that looks like the bot's own. What is code to every reader of
 * Markdown stays as it is written; configured secrets and invitations are taken out of it too.
 */
import { canonicalCode } from "./canonical-code.js";
import { withoutInvitations } from "./invitations.js";
import { ProtectedTexts, SearchedText } from "./protected-texts.js";
import { REMOVED, withoutTokens } from "./secrets.js";
import { withoutSmallPrint } from "./small-print.js";
import { trustedPieces } from "./trusted-code.js";
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

/** `told` is what else this request alone was told: not shown word for word either. */
export type OutputGuard = (text: string, told?: ProtectedTexts) => SafeOutput;

const MENTIONS: readonly (readonly [RegExp, string])[] = [
  [/<@!?\d+>/g, "@someone"],
  [/<@&\d+>/g, "@role"],
  [/<#\d+>/g, "#channel"],
  [/@(?=everyone|here)/gi, "@\u200b"],
  // Commands and places of a server that a reader can tap.
  [/<\/([^:<>\n]{1,100}):\d+>/g, "/$1"],
  [/<(?:id|\d{1,20}):([a-z-]{1,30})(?::\d{1,20})?>/gi, "$1"],
];

/** A link with words for a face; and the seam between face and target, however the face is written. */
const MASKED =
  /!?\[([^[\]\n]{1,500})\]\(\s{0,3}<?(https?:\/\/[^\s()<>]{1,2000})>?(?:\s{1,3}["'][^"'\n]{0,200}["'])?\s{0,3}\)/gi;
const SEAM = /\](\\?)\((?=\s{0,20}<?\s{0,20}[a-z][a-z0-9+.-]{1,20}:)/gi;

/** So often what is taken out may lay bare something else. */
const ROUNDS = 4;

/** Makes the guard for one configuration. */
export function createOutputGuard({ secrets, prompts }: OutputGuardOptions): OutputGuard {
  const always = new ProtectedTexts(prompts, secrets);
  return (text, told) => {
    const hidden = told === undefined ? [always] : [always, told];
    let leaked = false;
    let shown = text;
    for (let round = 0; round < ROUNDS; round++) {
      const before = shown;
      const seen = visibleText(before);
      const bare = withoutProtected(seen, hidden);
      // Tokens first: what an invitation takes along might be what a password is known by.
      const safe = harmless(canonicalCode(bare));
      leaked ||= bare !== seen || safe.leaked;
      shown = withoutInvitations(safe.text).trim();
      if (shown === before) return { text: shown, leaked };
    }
    // Without code there is nothing that one reader takes for code and another does not.
    const flat = withoutProtected(visibleText(shown.replaceAll("`", "")), hidden);
    return { text: withoutInvitations(harmless(flat).text).trim(), leaked };
  };
}

function withoutProtected(text: string, hidden: readonly ProtectedTexts[]): string {
  return hidden.reduce(withoutStretches, new SearchedText(text)).text;
}

function withoutStretches(searched: SearchedText, hidden: ProtectedTexts): SearchedText {
  const { text } = searched;
  const found = hidden.find(searched);
  if (found.length === 0) return searched;
  let shown = "";
  let at = 0;
  for (const { start, end } of found) {
    shown += text.slice(at, start) + REMOVED;
    at = end;
  }
  return new SearchedText(shown + text.slice(at));
}

/** Code stays as it is written, but for invitations. */
function harmless(text: string): SafeOutput {
  let shown = "";
  let leaked = false;
  for (const piece of trustedPieces(text)) {
    if (piece.isCode) {
      shown += withoutInvitations(piece.text);
      continue;
    }
    const bare = withoutTokens(piece.text);
    leaked ||= bare !== piece.text;
    const continues = shown !== "" && !shown.endsWith("\n");
    shown += withoutSmallPrint(withoutLinks(withoutMentions(bare)), continues);
  }
  return { text: shown, leaked };
}

function withoutMentions(prose: string): string {
  return MENTIONS.reduce((rest, [mention, words]) => rest.replace(mention, words), prose);
}

function withoutLinks(prose: string): string {
  return withoutInvitations(prose)
    .replace(MASKED, (_, face: string, url: string) =>
      face.trim() === url ? `<${url}>` : `${face} (<${url}>)`,
    )
    .replace(SEAM, "] (");
}
