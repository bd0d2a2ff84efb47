/**
 * Vectors as text: 32-bit floats for base rewards, 64-bit floats for what is computed from, 8 bits
 * with one scale for features. Knows no records.
 */
import { quantiseFeatures } from "../../models/encoder/quantisation.js";
import { VectorTextError } from "./store-error.js";

/** `SCALE:BASE64`, one byte for each feature. Throws if a feature is not finite. */
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

/** The feature at the place `at` of those that {@link featuresToText} wrote, without reading the others. */
export function featureFromText(text: string, at: number): number {
  const { scale, start } = scaleOf(text);
  // Four characters are three bytes.
  const from = start + 4 * Math.floor(at / 3);
  const byte = Buffer.from(text.slice(from, from + 4), "base64")[at % 3];
  if (byte === undefined) throw new RangeError(`There is no feature ${at}.`);
  return Math.fround(signed(byte) * scale);
}

/** The same, into `target` from `offset` on; throws RangeError if they do not fit. */
export function writeFeatures(text: string, target: Float32Array, offset: number): void {
  const { scale, bytes } = parse(text);
  if (offset + bytes.length > target.length) throw new RangeError("There are too many features.");
  writeScaled(scale, bytes, target, offset);
}

function parse(text: string): { scale: number; bytes: Buffer } {
  const { scale, start } = scaleOf(text);
  return { scale, bytes: Buffer.from(text.slice(start), "base64") };
}

/** The scale, and where the base64 starts. */
function scaleOf(text: string): { scale: number; start: number } {
  const colon = text.indexOf(":");
  const scale = Number(text.slice(0, colon));
  if (colon < 1 || !Number.isFinite(scale)) {
    throw new VectorTextError(
      "A stored feature vector is damaged; restore the store from a backup.",
    );
  }
  return { scale, start: colon + 1 };
}

/** A member has hundreds of these vectors, all read for each vote. */
function writeScaled(scale: number, bytes: Buffer, target: Float32Array, offset: number): void {
  for (let k = 0; k < bytes.length; k++) target[offset + k] = signed(bytes[k]!) * scale;
}

function signed(byte: number): number {
  return (byte << 24) >> 24;
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

/** How many features a text of {@link featuresToText} holds, without reading them. */
export function featureCount(text: string): number {
  const base64 = text.length - text.indexOf(":") - 1;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return (base64 / 4) * 3 - padding;
}

/** Little-endian 64-bit floats in base64. */
export function numbersToText(numbers: Float64Array): string {
  return toBase64(numbers);
}

/** The numbers that {@link numbersToText} wrote, exactly. */
export function numbersFromText(text: string): Float64Array {
  const bytes = Buffer.from(text, "base64");
  if (bytes.byteLength % 8 !== 0) {
    throw new VectorTextError("Stored user weights are damaged; restore the store from a backup.");
  }
  const numbers = new Float64Array(bytes.byteLength / 8);
  new Uint8Array(numbers.buffer).set(bytes);
  return numbers;
}

/** The lower triangle of a lower matrix [n, n], row by row, as {@link numbersToText}. */
export function lowerTriangleToText(matrix: Float64Array, n: number): string {
  if (matrix.length !== n * n) throw new VectorTextError(`A matrix should be ${n} by ${n}.`);
  const triangle = new Float64Array((n * (n + 1)) / 2);
  for (let row = 0, at = 0; row < n; at += ++row) {
    triangle.set(matrix.subarray(row * n, row * n + row + 1), at);
  }
  return numbersToText(triangle);
}

/** The matrix [n, n] whose triangle {@link lowerTriangleToText} wrote, exactly. */
export function lowerTriangleFromText(text: string, n: number): Float64Array {
  const triangle = numbersFromText(text);
  if (triangle.length !== (n * (n + 1)) / 2) {
    throw new VectorTextError("A stored ellipsoid is damaged; restore the store from a backup.");
  }
  const matrix = new Float64Array(n * n);
  for (let row = 0, at = 0; row < n; at += ++row) {
    matrix.set(triangle.subarray(at, at + row + 1), row * n);
  }
  return matrix;
}

function toBase64(values: Float64Array | Float32Array | Int8Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}
