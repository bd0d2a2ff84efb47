/** What a member is answered, and what for. */
import type { BallotDraft } from "../ballots/ballots.js";
import type { KeptPair, Why } from "../ballots/reply-notes.js";
import type { PlaceStyle } from "../guilds/places.js";
import type { MemberKey } from "../store/records.js";
import type { ConversationTurn } from "./conversation-turn.js";

export interface ReplyRequest {
  readonly member: MemberKey;
  /** Oldest first; the last turn is the message to answer. */
  readonly history: readonly ConversationTurn[];
  /** Asks for an answer without the member's profile and without a question. */
  readonly plain?: boolean;
  /** Where it was asked; limits count only where this is given. */
  readonly channelId?: string;
  /** How the bot is to appear in this place, and which of the allowed models writes there. */
  readonly place?: PlaceStyle;
  readonly signal?: AbortSignal;
  /** Called as an answer grows that its member wants to see at once; as `CandidateRequest.onProgress`. */
  readonly onProgress?: (shown: () => string) => void;
}

export interface ReplyFacts {
  /** The deck's prompt, where the answer comes from the deck. */
  readonly demonstration?: string;
  /** True if pictures came with the conversation and the language model saw none of them. */
  readonly blind?: boolean;
  /** How long the candidates took, where that is measured. */
  readonly generationSeconds?: number;
}

/** What is sent without a question. */
export interface PlainAnswer {
  readonly text: string;
  /** Why it was chosen, where the member's profile chose it. */
  readonly why?: Why;
  /** What "Another answer" below it compares; missing where it is not offered. */
  readonly another?: KeptPair;
}

/** What to send. */
export type Reply = ReplyFacts &
  (
    | (PlainAnswer & {
        readonly kind: "answer";
        /** True where this is the moment to ask a new member for consent. */
        readonly asksConsent?: boolean;
      })
    | {
        readonly kind: "ballot";
        readonly draft: BallotDraft;
        /** What to send where the ballot can't be posted. */
        readonly instead: PlainAnswer;
        /** An older ballot that nobody has answered and that this one replaces. */
        readonly closes?: string;
      }
  );
