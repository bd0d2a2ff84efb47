/** Everything that is counted of a text, in one place: what the style statistics are made of. */
import { detectLanguage } from "./language.js";
import { type Layout, readLayout } from "./layout.js";
import { proseSpans, wordsIn } from "./prose.js";
import type { Tokens } from "./tokens.js";
import { type CategoryCounts, countCategories } from "./word-categories.js";
import { readWordShapes, type WordShapes } from "./word-shapes.js";
import type { ListedLanguage } from "./words/vocabulary.js";

export interface Reading {
  readonly tokens: Tokens;
  readonly layout: Layout;
  readonly shapes: WordShapes;
  /** Of what the text says outside of code; undefined if it has no word lists. */
  readonly language: ListedLanguage | undefined;
  /** Undefined without a language. */
  readonly categories: CategoryCounts | undefined;
  readonly words: number;
  /** Words that are no code. */
  readonly proseWords: number;
  /** Whether most words are parted by blanks. */
  readonly isSpaced: boolean;
  readonly sentences: number;
}

/** Counts `text`, whose tokens are `tokens`. */
export function readText(text: string, tokens: Tokens): Reading {
  const spans = proseSpans(tokens);
  const language = detectLanguage(tokens, spans);
  return {
    tokens,
    layout: readLayout(text, tokens.characters),
    shapes: readWordShapes(tokens, language),
    language,
    categories: language && countCategories(tokens, spans, language),
    words: tokens.words,
    proseWords: wordsIn(spans),
    isSpaced: 2 * tokens.unspaced <= tokens.words,
    sentences: Math.max(1, tokens.sentenceEnds.length),
  };
}
