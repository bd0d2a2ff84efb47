/**
 * A text as a browser reads an address in it: full-width and other compatible forms of letters and
 * signs as the plain ones, selectors and joiners left out, and where in the text each of it stands.
 */

export interface FoldedText {
  readonly text: string;
  /** The place in the text, in UTF-16 units, of the folded unit `at`; of the end too. */
  readonly placeOf: (at: number) => number;
}

const FOLDS = /[^\0-\u007f]/;
const UNSEEN = /^(?:\p{Variation_Selector}|\p{Join_Control}|\p{Default_Ignorable_Code_Point})$/u;
const PLAIN = /^[\u0021-\u007e]$/;

/** `text` folded, in one pass. */
export function foldedText(text: string): FoldedText {
  if (!FOLDS.test(text)) return { text, placeOf: (at) => at };
  const units: string[] = [];
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    for (const unit of folded(character)) {
      units.push(unit);
      places.push(place);
    }
    place += character.length;
  }
  places.push(place);
  return { text: units.join(""), placeOf: (at) => places[at]! };
}

function folded(character: string): string[] {
  if (character < "\u0080") return [character];
  if (UNSEEN.test(character)) return [];
  const plain = character.normalize("NFKC");
  return PLAIN.test(plain) ? [plain] : character.split("");
}
