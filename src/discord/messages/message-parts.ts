/**
 * What a member's message holds in addition to its own words: what can be read, as quoted lines, and
 * what can't be seen, as kinds. Names of files and stickers are their owners' words and are left out.
 */
import { type Attachment, type Message, MessageFlags, type MessageSnapshot } from "discord.js";
import type { UnseenKind } from "../../conversation/conversation-turn.js";
import { plainRequest } from "../../conversation/plain-request.js";
import { visibleText } from "../../safety/visible-text.js";
import { contentOf, textOf, withoutIds } from "./addressing.js";

export interface MessageParts {
  /** Forwarded words and polls, each line quoted; empty for none. */
  readonly quoted: string;
  readonly unseen: readonly UnseenKind[];
}

/** What a member's message asks. */
export interface MemberRequest extends Pick<MessageParts, "unseen"> {
  /** Everything that can be read: the member's own words, and below them what they quote. */
  readonly text: string;
  /** Whether it asks for an answer without the member's profile. */
  readonly plain: boolean;
}

/** What `message` of a member asks. */
export function requestIn(message: Message, botId: string): MemberRequest {
  const { plain, text } = plainRequest(textOf(message, botId));
  const { quoted, unseen } = partsOf(message);
  return { plain, unseen, text: [text, quoted].filter((part) => part !== "").join("\n\n") };
}

/**
 * Whether Discord hides what `message` says: on a server the bot reads only its own messages and those
 * that mention it, or that somebody hands to it with a command.
 */
export function isHidden(message: Message, botId: string): boolean {
  const { author, attachments, mentions } = message;
  if (!message.inGuild() || author?.id === botId || mentions.users.has(botId)) return false;
  return contentOf(message) === "" && attachments.size === 0;
}

/** What Discord names a paste that was too long for a message. */
const PASTE = "message.txt";
const BY_TYPE: readonly (readonly [type: RegExp, kind: UnseenKind])[] = [
  [/^image\//i, "picture"],
  [/^video\//i, "video"],
  [/^audio\//i, "recording"],
];
const BY_ENDING: readonly (readonly [ending: RegExp, kind: UnseenKind])[] = [
  [/\.(png|jpe?g|gif|webp|avif|heic|bmp|svg)$/i, "picture"],
  [/\.(mp4|mov|webm|mkv|avi)$/i, "video"],
  [/\.(mp3|ogg|wav|flac|m4a|opus)$/i, "recording"],
];

/** The parts of `message`; if the bot may not read it, those that Discord shows anyway. */
export function partsOf(message: Message): MessageParts {
  const snapshots = [...message.messageSnapshots.values()];
  const poll = pollWords(message);
  const forwarded = snapshots.map(wordsOf).filter((words) => words !== "");
  return {
    quoted: [
      ...forwarded.map((words) => quotation("Forwarded message:", words)),
      ...(poll === "" ? [] : [quotation("Poll:", poll)]),
    ].join("\n\n"),
    unseen: [
      ...unseenIn(message),
      ...snapshots.flatMap(unseenForwarded),
      ...(message.poll != null && poll === "" ? ["poll" as const] : []),
    ],
  };
}

function unseenForwarded(snapshot: MessageSnapshot): UnseenKind[] {
  const unseen = unseenIn(snapshot);
  return wordsOf(snapshot) === "" ? ["forwarded message", ...unseen] : unseen;
}

function unseenIn({ attachments, stickers, flags }: Message | MessageSnapshot): UnseenKind[] {
  const isVoice = flags?.has(MessageFlags.IsVoiceMessage) === true;
  const files = [...(attachments?.values() ?? [])].map(kindOf);
  const seen = isVoice ? (["voice message"] as const) : files;
  return [...seen, ...Array.from(stickers?.values() ?? [], () => "sticker" as const)];
}

function kindOf({ contentType, name }: Attachment): UnseenKind {
  const title = name ?? "";
  if (title === PASTE) return "pasted text that came as a file";
  const type = contentType ?? "";
  const byType = BY_TYPE.find(([pattern]) => pattern.test(type));
  if (byType !== undefined) return byType[1];
  // This type says that none is known.
  if (type !== "" && !/^application\/octet-stream/i.test(type)) return "file";
  return BY_ENDING.find(([pattern]) => pattern.test(title))?.[1] ?? "file";
}

function pollWords({ poll }: Message): string {
  const question = poll?.question?.text ?? "";
  if (question === "") return "";
  const answers = [...(poll?.answers?.values() ?? [])].map(({ text }) => `- ${text ?? ""}`);
  return plain([question, ...answers].join("\n"));
}

function wordsOf(snapshot: MessageSnapshot): string {
  return plain(contentOf(snapshot));
}

function plain(text: string): string {
  return withoutIds(visibleText(text)).trim();
}

function quotation(title: string, words: string): string {
  return [title, ...words.split("\n").map((line) => `> ${line}`)].join("\n");
}
