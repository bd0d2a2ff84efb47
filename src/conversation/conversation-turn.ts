/** One turn of a conversation, as it is answered. Knows no Discord. */

/** What it is called, without its article. */
export type UnseenKind =
  | "picture"
  | "video"
  | "recording"
  | "voice message"
  | "poll"
  | "forwarded message"
  | "file";

/** Why it can't be seen. */
export type UnseenReason =
  /** The language model reads text alone. */
  | "blind"
  /** Nobody is set up who writes down what is said. */
  | "deaf"
  /** It was listened to, and nothing came of it. */
  | "unheard"
  | "tooLong"
  | "tooLarge"
  | "tooMany"
  /** A picture of a kind that nobody opens. */
  | "format"
  /** It holds something else than text. */
  | "notText"
  | "unreachable"
  /** It came with an earlier message, which is not looked at again. */
  | "earlier"
  /** Nobody could. */
  | "never";

/** Something that can't be seen. */
export interface Unseen {
  readonly kind: UnseenKind;
  readonly why: UnseenReason;
}

export interface ConversationTurn {
  readonly role: "member" | "bot";
  readonly text: string;
  /** Which other member wrote it, from 2; missing where it is the one who is answered. */
  readonly other?: number;
  /** What came with it and can't be seen; its text may be empty then. */
  readonly unseen?: readonly Unseen[];
  /** Pictures that came with it, each as a data URL. */
  readonly pictures?: readonly string[];
  /** Whether only the beginning of a file is in its text. */
  readonly isCut?: boolean;
  /** Whether it is a reply to a message that can't be read. */
  readonly answersUnread?: boolean;
}
