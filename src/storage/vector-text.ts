/** Vectors as text: 32-bit floats for weights, 8-bit with one scale for features. Knows no records. */
import { quantiseFeatures } from "../../models/quantisation.js";

/** A stored vector that cannot be read back. */
export class VectorTextError extends Error {
  override readonly name = "VectorTextError";
}

/** `SCALE:BASE64`, one byte for each feature. Throws where a feature is not finite. */
export function featuresToText(features: Float32Array): string {
  const { scale, bytes } = quantiseFeatures(features);
  return `${scale}:${toBase64(bytes)}`;
}

/** The features that {@link featuresToText} wrote, within half a scale step. */
export function featuresFromText(text: string): Float32Array {
  const { scale, bytes } = parse(text);
  const features = new Float32Array(bytes.length);
  writeScaled(scale, bytes, features, 0);
  return features;
}

/** The same, into `target` from `offset` on; throws RangeError where they do not fit. */
export function writeFeatures(text: string, target: Float32Array, offset: number): void {
  const { scale, bytes } = parse(text);
  if (offset + bytes.length > target.length) throw new RangeError("There are too many features.");
  writeScaled(scale, bytes, target, offset);
}

function parse(text: string): { scale: number; bytes: Buffer } {
  const colon = text.indexOf(":");
  const scale = Number(text.slice(0, colon));
  if (colon < 1 || !Number.isFinite(scale)) {
    throw new VectorTextError(
      "A stored feature vector is damaged; restore the store from a backup.",
    );
  }
  return { scale, bytes: Buffer.from(text.slice(colon + 1), "base64") };
}

/** The bytes are signed; a member has hundreds of these vectors, all read for each vote. */
function writeScaled(scale: number, bytes: Buffer, target: Float32Array, offset: number): void {
  for (let k = 0; k < bytes.length; k++) target[offset + k] = ((bytes[k]! << 24) >> 24) * scale;
}

/** Little-endian 32-bit floats in base64. */
export function weightsToText(weights: Float32Array): string {
  return toBase64(weights);
}

/** The weights that {@link weightsToText} wrote, exactly. */
export function weightsFromText(text: string): Float32Array {
  const bytes = Buffer.from(text, "base64");
  if (bytes.byteLength % 4 !== 0) {
    throw new VectorTextError("Stored base rewards are damaged; restore the store from a backup.");
  }
  const weights = new Float32Array(bytes.byteLength / 4);
  new Uint8Array(weights.buffer).set(bytes);
  return weights;
}

function toBase64(values: Float32Array | Int8Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}
