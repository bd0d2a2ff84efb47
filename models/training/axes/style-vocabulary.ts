/**
 * Words for what each style statistic counts: the vocabulary for learned base rewards that resemble
 * none of the starter axes. Knows no members.
 */

import type { Encoding } from "../../encoder/encoding.js";
import { STYLE_STATISTICS, type StyleStatistic } from "../../encoder/style-statistics.js";
import type { Axis, BaseRewardModel } from "../../rewards/base-rewards.js";

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
  wordCount: ["amount", "brief answers", "extensive answers"],
  sentenceVariation: ["rhythm", "even sentences", "sentences long and short"],
  openingSentence: ["opening", "short first sentence", "long first sentence"],
  closingSentence: ["closing", "short last sentence", "long last sentence"],
  wordsPerLine: ["lines", "short lines", "long lines"],
  asksLast: ["last word", "ends with a statement", "ends with a question"],
  questionShare: ["share of questions", "hardly a question", "question after question"],
  exclamationShare: [
    "share of exclamations",
    "hardly an exclamation",
    "exclamation after exclamation",
  ],
  longWords: ["long words", "no long words", "long words"],
  shortWords: ["short words", "few short words", "many short words"],
  adverbs: ["adverbs", "few adverbs", "many adverbs"],
  nominalisations: ["abstract nouns", "plain nouns", "abstract nouns"],
  capitalised: ["names", "few names", "many names"],
  hyphens: ["hyphens", "no hyphens", "hyphens"],
  offers: ["offers", "offers no more help", "offers more help"],
  refusals: ["refusals", "no refusals", "refusals"],
  advice: ["advice", "gives no advice", "gives advice"],
  examples: ["examples", "no examples", "examples"],
  negativeWords: ["gloom", "no gloomy words", "gloomy words"],
  whimsicalNouns: ["whimsy", "no whimsy", "whimsy"],
  similes: ["similes", "no similes", "similes"],
  thirdPerson: ["third person", "speaks of nobody", "speaks of others"],
  demonstratives: ["pointing words", "few this and that", "many this and that"],
  prepositions: ["prepositions", "few prepositions", "many prepositions"],
  conjunctions: ["conjunctions", "few ands and buts", "many ands and buts"],
  connectives: ["connectives", "sentences side by side", "sentences linked"],
  auxiliaries: ["auxiliaries", "few auxiliary verbs", "many auxiliary verbs"],
  modals: ["modal verbs", "few cans and shoulds", "many cans and shoulds"],
  negations: ["negations", "few negations", "many negations"],
  questionWords: ["question words", "few hows and whys", "many hows and whys"],
  quantities: ["quantities", "no quantities", "quantities"],
  intensifiers: ["intensifiers", "no intensifiers", "intensifiers"],
  gratitude: ["thanks", "no thanks", "says thank you"],
  apologies: ["apologies", "no apologies", "apologies"],
  greetings: ["greetings", "straight to the point", "greetings"],
  deference: ["praise for the question", "no praise for the question", "praise for the question"],
  conditionals: ["conditionals", "few woulds and coulds", "many woulds and coulds"],
  downtoners: ["downtoners", "nothing toned down", "a bit and rather"],
  hyperbole: ["exaggeration", "no exaggeration", "exaggeration"],
  roles: ["characters", "no characters", "kings and neighbours"],
  feelings: ["feelings", "nobody feels anything", "everything has feelings"],
  mishaps: ["mishaps", "no mishaps", "mishaps of every day"],
  formalAddress: ["formal address", "no formal address", "formal address"],
  familiarAddress: ["familiar address", "no familiar address", "familiar address"],
  laughter: ["laughter", "no laughter", "laughter"],
  drawnOutWords: ["drawn-out words", "no drawn-out words", "drawn-out words"],
  wordLengthVariation: ["word rhythm", "words alike in length", "short and long words mixed"],
};

/** Each style statistic as a base reward of its own, in words; only to hold others against. */
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
