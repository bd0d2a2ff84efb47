/** The acquisition that ballots use and that the evaluation measures by default. */
import type { Acquisition } from "./scores.js";

export const DEFAULT_ACQUISITION: Acquisition = "adaptive";
