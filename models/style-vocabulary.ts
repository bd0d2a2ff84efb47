/**
 * Words for what each style statistic counts: the vocabulary for learned base rewards that resemble
 * none of the starter axes. Knows no members.
 */
import type { Axis, BaseRewardModel } from "./base-rewards.js";
import type { Encoding } from "./encoding.js";
import { STYLE_STATISTICS, type StyleStatistic } from "./style-statistics.js";

type Words = readonly [name: string, low: string, high: string];

const WORDS: Readonly<Record<StyleStatistic, Words>> = {
  logWords: ["number of words", "few words", "many words"],
  logCharacters: ["number of letters", "little text", "much text"],
  wordsPerSentence: ["sentences", "short sentences", "long sentences"],
  wordLength: ["word length", "short words", "long words"],
  questions: ["questions", "no questions", "questions"],
  exclamations: ["exclamations", "no exclamation marks", "exclamation marks"],
  contractions: ["contractions", "no contractions", "contractions"],
  formalWords: ["formal words", "everyday words", "formal words"],
  slang: ["slang", "no slang", "slang"],
  hedges: ["hedges", "nothing hedged", "maybe and perhaps"],
  certaintyWords: ["certainty", "no absolutes", "always and never"],
  courtesyWords: ["courtesy", "no courtesies", "thanks and please"],
  playfulWords: ["playfulness", "serious words", "playful words"],
  enthusiasmWords: ["praise", "measured words", "words of delight"],
  emoji: ["emoji", "no emoji", "emoji"],
  listItems: ["lists", "running text", "lists"],
  codeFences: ["code", "no code", "code"],
  headings: ["headings", "no headings", "headings"],
  digits: ["numbers", "no numbers", "numbers"],
  capitals: ["capitals", "no capitals", "words in capitals"],
  secondPerson: ["address", "speaks about things", "speaks to you"],
  firstPerson: ["first person", "never says I", "speaks as I or we"],
  quotes: ["quotations", "no quotation marks", "quotation marks"],
  paragraphs: ["paragraphs", "one paragraph", "many paragraphs"],
  bold: ["bold", "no bold words", "bold words"],
  links: ["links", "no links", "links"],
  parentheses: ["asides", "no asides", "asides in brackets"],
  distinctWords: ["variety", "repeated words", "varied words"],
  ellipses: ["ellipses", "no trailing dots", "trailing dots"],
  commas: ["commas", "few commas", "many commas"],
  colons: ["colons and dashes", "no colons or dashes", "colons and dashes"],
  nonLatin: ["script", "Latin letters", "other scripts"],
};

/** Each style statistic as a base reward of its own, J = 32, in words; only to hold others against. */
export function createStyleVocabulary({ id, dimensions }: Encoding): BaseRewardModel {
  const rank = STYLE_STATISTICS.length;
  const weights = new Float32Array(rank * dimensions);
  const precision = new Float64Array(rank * rank);
  for (let axis = 0; axis < rank; axis++) {
    weights[axis * dimensions + axis] = 1;
    precision[axis * rank + axis] = 1;
  }
  return {
    version: "style-statistics",
    encoderId: id,
    rank,
    dimensions,
    weights,
    prior: { mean: new Float64Array(rank), precision },
    positionBias: 0,
    axes: STYLE_STATISTICS.map(axisOf),
  };
}

function axisOf(statistic: StyleStatistic): Axis {
  const [name, low, high] = WORDS[statistic];
  return { name, low, high };
}
