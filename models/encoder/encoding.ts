/**
 * Encodings by name and size. All begin with the style statistics, so that the starter base rewards
 * exist for each; what follows are hashed n-grams or an embedding from elsewhere, and perhaps the scores
 * of a rubric at the end.
 */
import { ENCODER_ID, FEATURE_COUNT, STYLE_FEATURE_COUNT } from "./encoder.js";
import { RUBRIC_AXES } from "./rubric.js";
import { STYLE_STATISTICS, takesLanguage } from "./style-statistics.js";

/** Features of different encodings never mix: everything that has features carries the id. */
export interface Encoding {
  readonly id: string;
  /** D. */
  readonly dimensions: number;
}

/** Changes whenever a style statistic does. */
const STYLE_ID = "attune-style-3";

/** The encoding that needs nobody: see `encoder.ts`. */
export const BUILT_IN_ENCODING: Encoding = { id: ENCODER_ID, dimensions: FEATURE_COUNT };

/** Style statistics and the first `dimensions` numbers of what the embedding model `model` gives. */
export function embeddingEncoding(model: string, dimensions: number): Encoding {
  return {
    id: `${STYLE_ID}+${model}-${dimensions}`,
    dimensions: STYLE_FEATURE_COUNT + dimensions,
  };
}

/** The end of an id; changes whenever the rubric does. */
const RUBRIC_SUFFIX = "+rubric-1";

/** `encoding` with the scores of the rubric at its end, `RUBRIC_AXES` of them. */
export function withRubric({ id, dimensions }: Encoding): Encoding {
  return { id: id + RUBRIC_SUFFIX, dimensions: dimensions + RUBRIC_AXES.length };
}

/** Whether the encoding of this id takes scores of the rubric. */
export function needsRubric(encoderId: string): boolean {
  return encoderId.endsWith(RUBRIC_SUFFIX);
}

/** Whether the encoding of this id takes embeddings from elsewhere. */
export function needsEmbeddings(encoderId: string): boolean {
  return encoderId.startsWith(`${STYLE_ID}+`);
}

/** Whether the first features of this encoding are the style statistics; not so in foreign data. */
export function beginsWithStyle(encoderId: string): boolean {
  const isBuiltIn = encoderId === ENCODER_ID || encoderId === ENCODER_ID + RUBRIC_SUFFIX;
  return isBuiltIn || needsEmbeddings(encoderId);
}

/**
 * What a feature is read from: a text's form, as its length, layout and marks; its words, by lists or by n-grams; or
 * something else, as an embedding or what is not Attune's.
 */
export type FeatureSource = "form" | "words" | "other";

/** The sources of the features of `encoding`, [D]. */
export function featureSources({ id, dimensions }: Encoding): FeatureSource[] {
  const hasStyle = beginsWithStyle(id);
  const rest = hasStyle && !needsEmbeddings(id) ? "words" : "other";
  return Array.from({ length: dimensions }, (_, feature) => {
    const statistic = hasStyle ? STYLE_STATISTICS[feature] : undefined;
    if (statistic !== undefined) return takesLanguage(statistic) ? "words" : "form";
    return feature < FEATURE_COUNT ? rest : "other";
  });
}
