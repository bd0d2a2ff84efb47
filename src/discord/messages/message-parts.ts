/**
 * What a member's message holds in addition to its own words: what it says, as quoted lines; its files,
 * which may be read later; and what can't be seen. Names of files are their owners' words and are left out.
 */
import type { Message, MessageSnapshot } from "discord.js";
import type { Unseen } from "../../conversation/conversation-turn.js";
import { plainRequest } from "../../conversation/plain-request.js";
import { visibleText } from "../../safety/visible-text.js";
import { type Enclosure, enclosuresOf } from "../enclosures/enclosure.js";
import { contentOf, textOf, withoutIds } from "./addressing.js";

export interface MessageParts {
  /** Forwarded words, polls and stickers, each line quoted; empty for none. */
  readonly quoted: string;
  readonly enclosures: readonly Enclosure[];
  readonly unseen: readonly Unseen[];
}

/** What a member's message asks. */
export interface MemberRequest extends Pick<MessageParts, "enclosures" | "unseen"> {
  /** Everything that can be read at once: the member's own words, and below them what they quote. */
  readonly text: string;
  /** Whether it asks for an answer without the member's profile. */
  readonly plain: boolean;
}

/** What `message` of a member asks. */
export function requestIn(message: Message, botId: string): MemberRequest {
  const { plain, text } = plainRequest(textOf(message, botId));
  const { quoted, ...rest } = partsOf(message);
  return { ...rest, plain, text: [text, quoted].filter((part) => part !== "").join("\n\n") };
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

/** The parts of `message`; if the bot may not read it, those that Discord shows anyway. */
export function partsOf(message: Message): MessageParts {
  const snapshots = [...message.messageSnapshots.values()];
  const poll = pollWords(message);
  const forwarded = snapshots.map(wordsOf).filter((words) => words !== "");
  const { enclosures, unseen } = enclosuresOf(message);
  return {
    quoted: [
      ...forwarded.map((words) => quotation("Forwarded message:", words)),
      ...(poll === "" ? [] : [quotation("Poll:", poll)]),
      ...[message, ...snapshots].flatMap(stickersOf),
    ].join("\n\n"),
    enclosures,
    unseen: [
      ...unseen,
      ...snapshots.filter(saysNothing).map(() => UNSEEN_FORWARD),
      ...(message.poll != null && poll === "" ? [UNSEEN_POLL] : []),
    ],
  };
}

const UNSEEN_FORWARD: Unseen = { kind: "forwarded message", why: "never" };
const UNSEEN_POLL: Unseen = { kind: "poll", why: "never" };

function saysNothing(snapshot: MessageSnapshot): boolean {
  const { attachments, stickers } = snapshot;
  return wordsOf(snapshot) === "" && !attachments?.size && !stickers?.size;
}

/** By their names, which their owners chose: as data. */
function stickersOf({ stickers }: Message | MessageSnapshot): string[] {
  return [...(stickers?.values() ?? [])].map(({ name }) =>
    quotation("Sticker:", plainWords(name ?? "").slice(0, LONGEST_STICKER)),
  );
}

/** Discord allows thirty. */
const LONGEST_STICKER = 100;

function pollWords({ poll }: Message): string {
  const question = poll?.question?.text ?? "";
  if (question === "") return "";
  const answers = [...(poll?.answers?.values() ?? [])].map(({ text }) => `- ${text ?? ""}`);
  return plainWords([question, ...answers].join("\n"));
}

function wordsOf(snapshot: MessageSnapshot): string {
  return plainWords(contentOf(snapshot));
}

/** `text` without ids and without what nobody sees. */
export function plainWords(text: string): string {
  return withoutIds(visibleText(text)).trim();
}

/** {@link plainWords} as data, line by line: nobody can write themselves out of it. */
export function quotation(title: string, words: string): string {
  return [title, ...words.split("\n").map((line) => `> ${line}`)].join("\n");
}
