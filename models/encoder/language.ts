/** Which language a text is in, if it is one that has word lists. Knows its small words only. */
import { LANGUAGE_PROFILES } from "./language-profiles.js";
import { wordsIn } from "./prose.js";
import { hashWord } from "./text-hash.js";
import type { Tokens } from "./tokens.js";
import { entriesOf, LISTED_LANGUAGES, type ListedLanguage } from "./words/vocabulary.js";

interface Evidence {
  /** Places in {@link LANGUAGES}. */
  readonly languages: readonly number[];
  /** Of one such word for each of them: a word of many languages says little. */
  readonly weight: number;
}

const LANGUAGES = Object.keys(LANGUAGE_PROFILES) as (keyof typeof LANGUAGE_PROFILES)[];

/** What a word of the lists says; it may be a name or a loan elsewhere. */
const LISTED_WEIGHT = 0.4;
/** So much of each word must speak for the language; a running text has about six times as much. */
const LEAST_EVIDENCE = 0.05;
/** So many times as much as for the next language. */
const LEAST_LEAD = 1.2;

/** No other opens a question with a mark of its own. */
const SPANISH = LANGUAGES.indexOf("es");

const EVIDENCE_BY_HASH = evidenceByHash();

/** The language of the words in `spans`; undefined if it has no word lists or too little is said. */
export function detectLanguage(
  { hashes, inverted }: Tokens,
  spans: readonly number[],
): ListedLanguage | undefined {
  const found = new Float64Array(LANGUAGES.length);
  for (let span = 0; span < spans.length; span += 2) {
    for (let word = spans[span]!; word < spans[span + 1]!; word++) {
      const evidence = EVIDENCE_BY_HASH.get(hashes[word]!);
      if (evidence === undefined) continue;
      for (const language of evidence.languages) found[language]! += evidence.weight;
    }
  }
  found[SPANISH]! += inverted;
  let best = 0;
  for (let language = 1; language < found.length; language++) {
    if (found[language]! > found[best]!) best = language;
  }
  const name = LANGUAGES[best]!;
  if (!isListed(name) || found[best]! < LEAST_EVIDENCE * wordsIn(spans)) return undefined;
  const next = found.reduce((most, own, at) => (at === best ? most : Math.max(most, own)), 0);
  return found[best]! > LEAST_LEAD * next ? name : undefined;
}

function isListed(language: string): language is ListedLanguage {
  return language in LISTED_LANGUAGES;
}

function evidenceByHash(): Map<number, Evidence> {
  const small = languagesByWord((language) => entriesOf(LANGUAGE_PROFILES[language]));
  const listed = languagesByWord((language) =>
    isListed(language) ? Object.values(LISTED_LANGUAGES[language]).flatMap(entriesOf) : [],
  );
  const evidence = new Map<number, Evidence>();
  for (const [word, languages] of listed) {
    evidence.set(hashWord(word), { languages, weight: LISTED_WEIGHT / languages.length });
  }
  for (const [word, languages] of small) {
    evidence.set(hashWord(word), { languages, weight: 1 / languages.length });
  }
  return evidence;
}

/** By word: the places of the languages that have it. Phrases and stems are no words. */
function languagesByWord(
  wordsOf: (language: (typeof LANGUAGES)[number]) => readonly string[],
): Map<string, number[]> {
  const byWord = new Map<string, number[]>();
  LANGUAGES.forEach((language, place) => {
    for (const word of new Set(wordsOf(language))) {
      if (/[_*]/.test(word) || word !== word.toLowerCase()) continue;
      byWord.set(word, [...(byWord.get(word) ?? []), place]);
    }
  });
  return byWord;
}
