/** Which lists of words a language needs for the style statistics, and how an entry is read. */

/** In the order in which they are counted. */
export const CATEGORIES = [
  "formalWords",
  "slang",
  "hedges",
  "certaintyWords",
  "courtesyWords",
  "gratitude",
  "apologies",
  "greetings",
  "deference",
  "conditionals",
  "downtoners",
  "hyperbole",
  "playfulWords",
  "whimsicalNouns",
  "roles",
  "feelings",
  "mishaps",
  "enthusiasmWords",
  "offers",
  "refusals",
  "advice",
  "examples",
  "negativeWords",
  "similes",
  "formalAddress",
  "familiarAddress",
  "firstPerson",
  "secondPerson",
  "thirdPerson",
  "demonstratives",
  "prepositions",
  "conjunctions",
  "connectives",
  "auxiliaries",
  "modals",
  "negations",
  "questionWords",
  "quantities",
  "intensifiers",
] as const;

/** A category of words; each is counted by a style statistic. */
export type WordCategory = (typeof CATEGORIES)[number];

/**
 * One language's words by category, parted by blanks and in lower case. `two_words` is a phrase,
 * `beginning*` stands for every word that begins so, and a word with a capital counts only if it is
 * written with one inside a sentence, as German "Sie" is.
 */
export type WordLists = Readonly<Record<WordCategory, string>>;
