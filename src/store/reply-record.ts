/** What is stored with a reply that a member's profile chose: why, and what "Another answer" compares. */
import { z } from "zod";
import type { Axis } from "../../models/rewards/base-rewards.js";
import type { Slot } from "../../models/steering/spread.js";
import type { BallotCandidate, BallotRecord, MemberKey } from "./records.js";

/** A reply and its runner-up, without their texts. */
export interface AnotherRecord {
  /** The messages that the reply consists of, in order. */
  readonly pieces: readonly string[];
  /** Missing if there was no other candidate. */
  readonly pair?: Pick<BallotRecord, "encoder" | "trains" | "demonstration" | "writtenBy"> & {
    readonly candidates: readonly [Omit<BallotCandidate, "text">, Omit<BallotCandidate, "text">];
  };
}

/** Why a reply was chosen, for its member's question. */
export interface ReplyRecord extends MemberKey {
  readonly tipped: readonly { readonly axis: Axis; readonly amount: number }[];
  /** In which manner it was asked for; missing where none was. */
  readonly manner?: Slot;
  /** Encrypted; not stored if there is no key. */
  readonly runnerUp?: string;
  /** What "Another answer" compares, with the last message of the reply. */
  readonly another?: AnotherRecord;
  readonly expiresAt: number;
}

/** The shape of an {@link AnotherRecord}, from that of a candidate's record without its text. */
export function anotherSchema<Candidate extends z.ZodType>(candidate: Candidate) {
  return z.object({
    pieces: z.array(z.string()),
    pair: z
      .object({
        candidates: z.tuple([candidate, candidate]),
        encoder: z.string(),
        trains: z.boolean(),
        demonstration: z.boolean(),
        writtenBy: z.string().exactOptional(),
      })
      .exactOptional(),
  });
}
