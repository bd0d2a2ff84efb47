/**
 * What a damaged record counts as until it is written anew or restored: whatever takes the least
 * from its member. Most count as missing.
 */
import type { Namespace, RecordOf } from "./record-schemas.js";

export const DAMAGED: { readonly [Name in Namespace]?: RecordOf[Name] } = {
  // Refitted from the comparisons.
  profile: { weights: "", cholesky: "", votes: 0, modelVersion: "", stale: true, updatedAt: 0 },
  // Nothing is learned, and nobody is asked again who may have said no.
  consent: { state: "asked", pooled: false, at: 0 },
  // The admin may have said no.
  settings: { pooledTraining: false },
};
