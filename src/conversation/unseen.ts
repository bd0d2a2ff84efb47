/**
 * What came with members' messages and can't be seen, in words: for the language model, as a part of
 * the system message, where no member can write; and for the member. Knows kinds, no contents.
 */
import { oneOf } from "../language/lists.js";
import type { MessageKey, Say } from "../language/say.js";
import type { ConversationTurn, UnseenKind } from "./conversation-turn.js";

const PLURALS = {
  picture: "failures.pictures",
  video: "failures.videos",
  recording: "failures.recordings",
  "voice message": "failures.voiceMessages",
  sticker: "failures.stickers",
  poll: "failures.polls",
  "forwarded message": "failures.forwardedMessages",
  "pasted text that came as a file": "failures.pastes",
  file: "failures.files",
} as const satisfies Readonly<Record<UnseenKind, MessageKey>>;
const HONESTY =
  "Where the answer depends on it, say that you can't see it and ask for its words. Never guess what it holds.";

/** For the system message: what of the conversation can't be seen; undefined where all can. */
export function unseenNote(history: readonly ConversationTurn[]): string | undefined {
  const last = history.at(-1);
  const earlier = history.slice(0, -1).flatMap(({ unseen = [] }) => unseen);
  const facts = [
    ...came("the last message", last?.unseen ?? []),
    ...came("earlier messages", earlier),
    ...(last?.answersUnread === true
      ? ["The last message is a reply to a message that you can't read."]
      : []),
  ];
  return facts.length === 0 ? undefined : [...facts, HONESTY].join(" ");
}

/** For the member who sent nothing else. */
export function unseenSentence(unseen: readonly UnseenKind[], say: Say): string {
  const kinds = [...new Set(unseen)].map((kind) => say(PLURALS[kind]));
  return say("failures.unseen", { kinds: oneOf(kinds, say) });
}

function came(where: string, unseen: readonly UnseenKind[]): string[] {
  if (unseen.length === 0) return [];
  const kinds = [...new Set(unseen)].map((kind) => `a ${kind}`);
  return [`With ${where} came ${listed(kinds)} that you can't see.`];
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
