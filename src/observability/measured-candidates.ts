/** Where candidates come from, counted and timed. */
import type {
  CandidateRequest,
  CandidateSource,
  GeneratedCandidates,
} from "../conversation/candidates/candidate-source.js";
import { GenerationFailedError } from "../conversation/candidates/generation-error.js";
import type { Tokens } from "../limits/spending.js";
import type { Metrics } from "./metrics.js";

/** Counts a request that the language model answered. */
export function countTokens(
  { languageModelRequests, languageModelTokens }: Metrics,
  { inputTokens, outputTokens, embeddingTokens }: Tokens,
): void {
  languageModelRequests.inc();
  languageModelTokens.inc({ kind: "input" }, inputTokens);
  languageModelTokens.inc({ kind: "output" }, outputTokens);
  languageModelTokens.inc({ kind: "embedding" }, embeddingTokens);
}

export class MeasuredCandidates implements CandidateSource {
  constructor(
    private readonly source: CandidateSource,
    private readonly metrics: Metrics,
  ) {}

  /** As the source does, with `seconds`. */
  async generate(request: CandidateRequest): Promise<GeneratedCandidates> {
    const { generations, generationSeconds, candidates } = this.metrics;
    const end = generationSeconds.startTimer();
    try {
      const generated = await this.source.generate(request);
      generations.inc({ outcome: "done" });
      candidates.inc({ outcome: "given" }, generated.texts.length);
      candidates.inc({ outcome: "missing" }, generated.failed);
      return { ...generated, seconds: end() };
    } catch (error) {
      end();
      const outcome = error instanceof GenerationFailedError ? error.kind : "failed";
      generations.inc({ outcome });
      // Where a limit is reached nothing was asked for.
      if (outcome !== "limit") candidates.inc({ outcome: "missing" }, request.count);
      throw error;
    }
  }
}
