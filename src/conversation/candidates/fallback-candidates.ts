/**
 * Candidates from a second server when the first one fails. What a message provokes itself (a filter,
 * a message that is too long) is no reason to ask elsewhere.
 */
import type { Log } from "../../shared/log.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import { FAILURES_OF_SERVERS } from "./circuit.js";
import type { GenerationFailure } from "./failure-sentences.js";
import { GenerationFailedError } from "./generation-error.js";

export class FallbackCandidates implements CandidateSource {
  #fellBack = false;

  constructor(
    private readonly first: CandidateSource,
    private readonly second: CandidateSource,
    private readonly log: Log,
  ) {}

  /** As the first source; as the second where that fails. Throws what the first threw where both fail. */
  async generate(request: CandidateRequest): Promise<GeneratedCandidates> {
    try {
      const generated = await this.first.generate(request);
      this.#fellBack = false;
      return generated;
    } catch (error) {
      if (!isFailureOfServer(error) || request.signal?.aborted) throw error;
      this.#tell(error.kind);
      const { model: _ofTheFirst, ...rest } = request;
      try {
        return await this.second.generate(rest);
      } catch (second) {
        throw isFailureOfServer(second) ? error : second;
      }
    }
  }

  /** Once, until the first one answers again: every message would tell the same. */
  #tell(kind: GenerationFailure): void {
    if (this.#fellBack) return;
    this.#fellBack = true;
    this.log.warn({ event: "language-model.fallback", kind });
  }
}

function isFailureOfServer(error: unknown): error is GenerationFailedError {
  return error instanceof GenerationFailedError && FAILURES_OF_SERVERS.has(error.kind);
}
