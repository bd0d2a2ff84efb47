/** The shapes of a text's words: how long they are, how they end, how many differ. */
import type { Tokens } from "./tokens.js";
import type { ListedLanguage } from "./words/vocabulary.js";

export interface WordShapes {
  /** UTF-16 units in all words. */
  units: number;
  /** The squares of the words' units, summed. */
  squaredUnits: number;
  distinct: number;
  /** Words of seven units or more. */
  long: number;
  /** Words of at most three units. */
  short: number;
  /** Words with a letter three times in a row. */
  drawnOut: number;
  /** Laughter by its sound, as in hahaha and jeje. */
  laughs: number;
  adverbs: number;
  nominalisations: number;
}

const LONG = 7;
const SHORT = 3;
const SHORTEST_LAUGH = 4;
/** First and second letters of a laugh's syllable, in Latin and Cyrillic. */
const LAUGHING_CONSONANTS = unitsOf("hjxх");
const LAUGHING_VOWELS = unitsOf("aeiаеи");

type Ending = "adverbs" | "nominalisations";

const ENDINGS: Readonly<Record<ListedLanguage, Readonly<Record<Ending, string>>>> = {
  en: { adverbs: "ly", nominalisations: "tion tions sion ment ments ity ness ance ence ism" },
  de: {
    adverbs: "weise ermaßen",
    nominalisations: "ung ungen heit heiten keit keiten tion tionen ität täten ismus schaft nis",
  },
  es: {
    adverbs: "mente",
    nominalisations: "ción ciones sión siones dad dades miento mientos ancia encia ismo eza tud",
  },
};

/** By language and the last UTF-16 unit of an ending: the endings and what they count as. */
const BY_LAST_UNIT = {
  en: endingsByLastUnit("en"),
  de: endingsByLastUnit("de"),
  es: endingsByLastUnit("es"),
};

/** Reads the shapes of the words of `tokens`; endings only in a `language` that is known. */
export function readWordShapes(
  { words, units, starts, hashes }: Tokens,
  language: ListedLanguage | undefined,
): WordShapes {
  const shapes: WordShapes = {
    units: starts[words]! - words,
    squaredUnits: 0,
    distinct: new Set(hashes.subarray(0, words)).size,
    long: 0,
    short: 0,
    drawnOut: 0,
    laughs: 0,
    adverbs: 0,
    nominalisations: 0,
  };
  const endings = language === undefined ? undefined : BY_LAST_UNIT[language];
  for (let word = 0; word < words; word++) {
    const start = starts[word]!;
    const end = starts[word + 1]! - 1;
    const length = end - start;
    shapes.squaredUnits += length * length;
    if (length >= LONG) shapes.long++;
    if (length <= SHORT) shapes.short++;
    if (isDrawnOut(units, start, end)) shapes.drawnOut++;
    if (isLaugh(units, start, end)) shapes.laughs++;
    for (const [ending, count] of endings?.get(units[end - 1]!) ?? []) {
      if (length > ending.length + 1 && endsWith(units, end, ending)) {
        shapes[count]++;
        break;
      }
    }
  }
  return shapes;
}

/** Whether a letter of the word stands three times in a row; w may, as in www, and so may digits. */
function isDrawnOut(units: Uint16Array, start: number, end: number): boolean {
  for (let at = start; at + 2 < end; at++) {
    const unit = units[at]!;
    if (unit === units[at + 1] && unit === units[at + 2] && unit > NINE && unit !== W) return true;
  }
  return false;
}

const NINE = "9".charCodeAt(0);
const W = "w".charCodeAt(0);

/** Whether the word is one syllable of laughter again and again. */
function isLaugh(units: Uint16Array, start: number, end: number): boolean {
  if (end - start < SHORTEST_LAUGH) return false;
  const [consonant, vowel] = [units[start]!, units[start + 1]!];
  if (!LAUGHING_CONSONANTS.has(consonant) || !LAUGHING_VOWELS.has(vowel)) return false;
  for (let at = start + 2; at < end; at++) if (units[at] !== units[at - 2]) return false;
  return true;
}

function endsWith(units: Uint16Array, end: number, ending: string): boolean {
  for (let back = 1; back <= ending.length; back++) {
    if (units[end - back] !== ending.charCodeAt(ending.length - back)) return false;
  }
  return true;
}

function endingsByLastUnit(language: ListedLanguage): Map<number, [string, Ending][]> {
  const byLast = new Map<number, [string, Ending][]>();
  for (const count of ["adverbs", "nominalisations"] as const) {
    for (const ending of ENDINGS[language][count].split(" ")) {
      const last = ending.charCodeAt(ending.length - 1);
      byLast.set(last, [...(byLast.get(last) ?? []), [ending, count]]);
    }
  }
  return byLast;
}

function unitsOf(letters: string): ReadonlySet<number> {
  return new Set(Array.from(letters, (letter) => letter.charCodeAt(0)));
}
