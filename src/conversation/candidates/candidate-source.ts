/** Where candidates come from: a language model, or the bundled deck. */
import type { Slot } from "../../../models/steering/spread.js";
import type { Asker } from "../../limits/limits.js";
import type { ConversationTurn } from "../conversation-turn.js";

export interface CandidateRequest {
  /** Oldest first; the last turn is the message to answer. */
  readonly history: readonly ConversationTurn[];
  /** How many are wanted at most; fewer may come where a budget runs low. */
  readonly count: number;
  /** In which manner each is to be written, as many as `count`; all plainly where not given. */
  readonly slots?: readonly Slot[];
  /** The admin's own words for this place, in addition to the owner's instruction. */
  readonly persona?: string;
  /** Which of the allowed models is to write; the main one where not given. */
  readonly model?: string;
  /** Who asks, and where: whose limits count. Nobody's where not given. */
  readonly asker?: Asker;
  readonly signal?: AbortSignal;
  /**
   * Called as the one answer that is wanted grows, where the server sends it while it writes. What the
   * function returns may be shown; it is worked out when it is called.
   */
  readonly onProgress?: (shown: () => string) => void;
}

export interface GeneratedCandidates {
  /** At least one; all different. */
  readonly texts: readonly string[];
  /** For which slot each text was written; missing where no manners were asked for. */
  readonly slots?: readonly Slot[];
  /** The language model that wrote them; missing where none did. */
  readonly writtenBy?: string;
  /** How many more were wanted. */
  readonly failed: number;
  /** True if pictures came with the conversation, and they were written without a look at them. */
  readonly blind?: boolean;
  /** How long it took, where that is measured. */
  readonly seconds?: number;
  /** The deck's prompt that was answered, where no language model is set up. */
  readonly demonstration?: string;
}

export interface CandidateSource {
  /** Throws `GenerationFailedError` when there is not a single candidate. */
  generate(request: CandidateRequest): Promise<GeneratedCandidates>;
}
