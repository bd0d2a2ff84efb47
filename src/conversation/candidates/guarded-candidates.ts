/**
 * Candidates that are fit to be shown. The guard stands where they come in, so that what is scored,
 * asked about, kept and sent is one and the same text.
 */
import type { Slot } from "../../../models/steering/spread.js";
import { ProtectedTexts } from "../../safety/protected-texts.js";
import type { OutputGuard } from "../../safety/safe-output.js";
import { mannerWords } from "../steering/directive-text.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import { GenerationFailedError, UselessAnswerError } from "./generation-error.js";
import { ShownSoFar } from "./shown-so-far.js";

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
    // What this very request was told about its place and its manner; others were told something else.
    const manners = (request.slots ?? []).map(mannerWords);
    const told = toldIn(request.persona === undefined ? manners : [request.persona, ...manners]);
    const watched = this.#watched(request, told);
    const { texts, slots, failed, ...rest } = await this.source.generate(watched);
    const safe = texts
      .map((text, at) => ({ ...this.guard(text, told), slot: slots?.[at] }))
      .filter(({ text }) => text !== "");
    const clean = safe.filter(({ leaked }) => !leaked);
    const shown = new Map<string, Slot | undefined>();
    for (const { text, slot } of clean.length > 0 ? clean : safe) {
      if (!shown.has(text)) shown.set(text, slot);
    }
    if (shown.size === 0) {
      const reason = "Nothing of the answers could be shown.";
      throw new GenerationFailedError("empty", new UselessAnswerError(reason));
    }
    return {
      ...rest,
      texts: [...shown.keys()],
      ...(slots && { slots: [...shown.values()] as Slot[] }),
      failed: failed + texts.length - shown.size,
    };
  }

  /** Whoever watches the answer grow sees only what the guard lets through. */
  #watched(request: CandidateRequest, told: ProtectedTexts | undefined): CandidateRequest {
    const { onProgress } = request;
    if (onProgress === undefined) return request;
    const soFar = new ShownSoFar(this.guard, told);
    return { ...request, onProgress: (raw) => onProgress(() => soFar.of(raw())) };
  }
}

function toldIn(texts: readonly string[]): ProtectedTexts | undefined {
  return texts.every((text) => text === "") ? undefined : new ProtectedTexts(texts, []);
}
