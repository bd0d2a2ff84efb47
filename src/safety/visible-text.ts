/**
 * Text without what nobody sees: characters that hide words, turn them round, or carry a second
 * text. What scripts and emoji need of them stays. Knows neither Discord nor the language model.
 */

/** Control characters, except tab and line feed. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;
/**
 * What Unicode lets a reader ignore, and marks of annotation. Joiners and selectors are told apart
 * below; the flags of England, Scotland and Wales are spelled with tags, and nothing else is.
 */
const UNSEEN =
  /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f})|(?!\p{Join_Control}|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;
/** One variation selector says how the character before it looks; more carry a hidden text. */
const SELECTORS = /(\p{Variation_Selector})\p{Variation_Selector}+/gu;
/** Joiners belong after letters or emoji, one at a time ... */
const JOINERS =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier})\p{Join_Control}+|(\p{Join_Control})\p{Join_Control}+/gu;
/** ... and if letters need none, they only hide words. */
const NEEDLESS_JOINERS =
  /(?<=\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})\p{Join_Control}+/gu;
const HALF_PAIRS = /\p{Surrogate}/gu;

/** ASCII, letters of Latin with their accents, dashes and quotation marks: all of them are seen. */
const ALL_SEEN = /^[\t\n -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*$/;

/** `text` with nothing in it that can't be seen. Applied twice it changes no more than once. */
export function visibleText(text: string): string {
  if (ALL_SEEN.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(HALF_PAIRS, "\ufffd")
    .replace(CONTROLS, "")
    .replace(UNSEEN, "$1")
    .replace(SELECTORS, "$1")
    .replace(NEEDLESS_JOINERS, "")
    .replace(JOINERS, "$1");
}
