/** What turns the text of an item into features, if they do not come from a file. */
import { ENCODER_ID, encodeResponse, FEATURE_COUNT } from "../../../models/encoder/encoder.js";

export interface ItemEncoder {
  readonly id: string;
  /** D. */
  readonly dimensions: number;
  /** [D]. */
  readonly encode: (prompt: string, response: string) => Float32Array;
}

/** Attune's own encoder, which reads the response alone. */
export const EMBEDDED_ENCODER: ItemEncoder = {
  id: ENCODER_ID,
  dimensions: FEATURE_COUNT,
  encode: (_prompt, response) => encodeResponse(response),
};
