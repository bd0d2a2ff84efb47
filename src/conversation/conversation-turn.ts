/** One turn of a conversation, as it is answered. Knows no Discord. */

/** What it is called, without its article. */
export type UnseenKind =
  | "picture"
  | "video"
  | "recording"
  | "voice message"
  | "sticker"
  | "poll"
  | "forwarded message"
  | "pasted text that came as a file"
  | "file";

export interface ConversationTurn {
  readonly role: "member" | "bot";
  readonly text: string;
  /** Which other member wrote it, from 2; missing where it is the one who is answered. */
  readonly other?: number;
  /** What came with it and can't be seen; its text may be empty then. */
  readonly unseen?: readonly UnseenKind[];
  /** Whether it is a reply to a message that can't be read. */
  readonly answersUnread?: boolean;
}
