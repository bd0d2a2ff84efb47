/** A ballot about two fixed answers, ready to be posted. */
import { encodeResponse } from "../../models/encoder/encoder.js";
import type { BallotDraft } from "../../src/ballots/ballots.js";
import type { MemberKey } from "../../src/store/records.js";
import { featuresToText } from "../../src/store/vector-text.js";

export function draftFor(member: MemberKey, encoder: string): BallotDraft {
  const candidate = (text: string) => ({ text, features: featuresToText(encodeResponse(text)) });
  return {
    ...{ member, encoder, source: "chat", trains: true, demonstration: false },
    candidates: [candidate("Yes."), candidate("It depends; let me explain at some length.")],
    alternative: "Maybe.",
  };
}
