/** Features in eight bits with one scale for a vector, for storage. */

/** Features that can't be stored. */
export class QuantisationError extends Error {
  override readonly name = "QuantisationError";
}

export interface QuantisedFeatures {
  /** One step; a feature is its byte times this. */
  readonly scale: number;
  readonly bytes: Int8Array;
}

const LARGEST = 127;

/** Rounds each feature to the nearest step, at most scale / 2 away. Throws {@link QuantisationError}. */
export function quantiseFeatures(features: Float32Array): QuantisedFeatures {
  let largest = 0;
  for (const feature of features) {
    if (!Number.isFinite(feature)) {
      throw new QuantisationError("A feature is not finite: the encoder must give numbers.");
    }
    largest = Math.max(largest, Math.abs(feature));
  }
  const scale = largest / LARGEST;
  const bytes = Int8Array.from(features, (feature) =>
    scale > 0 ? Math.round(feature / scale) : 0,
  );
  return { scale, bytes };
}

/** The features of {@link quantiseFeatures}, to within half a step. */
export function dequantiseFeatures({ scale, bytes }: QuantisedFeatures): Float32Array {
  return Float32Array.from(bytes, (byte) => byte * scale);
}
