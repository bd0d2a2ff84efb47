/**
 * What came with members' messages and can't be seen, in words: for the language model, as a part of
 * the system message, where no member can write; and for the member. Knows kinds, no contents.
 */
import { oneOf } from "../language/lists.js";
import type { MessageKey, Say } from "../language/say.js";
import type { ConversationTurn, Unseen, UnseenKind, UnseenReason } from "./conversation-turn.js";

const PLURALS = {
  picture: "failures.pictures",
  video: "failures.videos",
  recording: "failures.recordings",
  "voice message": "failures.voiceMessages",
  poll: "failures.polls",
  "forwarded message": "failures.forwardedMessages",
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
    ...(history.some(({ isCut }) => isCut) ? ["Of a long file you see only the beginning."] : []),
    ...(last?.answersUnread === true
      ? ["The last message is a reply to a message that you can't read."]
      : []),
  ];
  return facts.length === 0 ? undefined : [...facts, HONESTY].join(" ");
}

/** `history` as a model has it that sees none of its pictures. */
export function withoutPictures(history: readonly ConversationTurn[]): ConversationTurn[] {
  return history.map(({ pictures = [], unseen = [], ...turn }) => {
    const all = [...unseen, ...pictures.map(() => ({ kind: "picture", why: "blind" }) as const)];
    return { ...turn, ...(all.length > 0 && { unseen: all }) };
  });
}

/** What there is more to say about comes first. */
const REASONS: readonly UnseenReason[] = [
  "unreachable",
  "tooLarge",
  "tooLong",
  "unheard",
  "tooMany",
  "format",
  "notText",
  "blind",
  "deaf",
  "never",
];

/** For the member who sent `unseen`: why, and what to do; undefined if there is nothing to say. */
export function unseenSentence(unseen: readonly Unseen[], say: Say): string | undefined {
  const why = REASONS.find((reason) => unseen.some((one) => one.why === reason));
  if (why === undefined || why === "earlier") return undefined;
  if (why !== "never") return say(`enclosures.${why}`);
  const kinds = new Set(unseen.filter((one) => one.why === why).map(({ kind }) => kind));
  const names = [...kinds].map((kind) => say(PLURALS[kind]));
  return say("failures.unseen", { kinds: oneOf(names, say) });
}

function came(where: string, unseen: readonly Unseen[]): string[] {
  if (unseen.length === 0) return [];
  const kinds = [...new Set(unseen.map(({ kind }) => kind))].map((kind) => `a ${kind}`);
  return [`With ${where} came ${listed(kinds)} that you can't see.`];
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
