/**
 * Candidates that are fit to be shown. The guard stands where they come in, so that what is scored,
 * asked about, kept and sent is one and the same text.
 */
import type { OutputGuard } from "../../safety/safe-output.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import { GenerationFailedError, UselessAnswerError } from "./generation-error.js";

export class GuardedCandidates implements CandidateSource {
  constructor(
    private readonly source: CandidateSource,
    private readonly guard: OutputGuard,
  ) {}

  /**
   * As the source's, made safe. One that held a secret is left out where there is another. Throws
   * as the source does, and where nothing is left to show.
   */
  async generate(request: CandidateRequest): Promise<GeneratedCandidates> {
    const { texts, failed, ...rest } = await this.source.generate(request);
    const safe = texts.map(this.guard).filter(({ text }) => text !== "");
    const clean = safe.filter(({ leaked }) => !leaked);
    const shown = new Set((clean.length > 0 ? clean : safe).map(({ text }) => text));
    if (shown.size === 0) {
      const reason = "Nothing of the answers could be shown.";
      throw new GenerationFailedError("empty", new UselessAnswerError(reason));
    }
    return { ...rest, texts: [...shown], failed: failed + texts.length - shown.size };
  }
}
