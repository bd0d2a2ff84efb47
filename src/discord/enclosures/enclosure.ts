/** What came with a message as a file, told apart by what Discord says of it. Reads nothing. */
import { type Attachment, type Message, MessageFlags, type MessageSnapshot } from "discord.js";
import type { Unseen, UnseenKind } from "../../conversation/conversation-turn.js";

/** A file that may be read. */
export interface Enclosure {
  readonly kind: "picture" | "text" | "voice";
  readonly attachment: Attachment;
  /** Whether it is somebody else's, handed on. */
  readonly isForwarded: boolean;
}

export interface Enclosures {
  readonly enclosures: readonly Enclosure[];
  readonly unseen: readonly Unseen[];
}

/** What Discord names a paste that was too long for a message. */
const PASTE = "message.txt";

type Sort = Enclosure["kind"] | Unseen;

const VIDEO: Unseen = { kind: "video", why: "never" };
const RECORDING: Unseen = { kind: "recording", why: "never" };
const NO_TEXT: Unseen = { kind: "file", why: "notText" };

const BY_TYPE: readonly (readonly [type: RegExp, sort: Sort])[] = [
  [/^image\/svg/i, "text"],
  [/^image\//i, "picture"],
  [/^video\//i, VIDEO],
  [/^audio\//i, RECORDING],
  [/^text\//i, "text"],
  [/^application\/(?:[\w.-]{1,40}\+)?(?:json|xml|yaml|toml|javascript|sql)\b/i, "text"],
  [/^application\/x-(?:sh|yaml|javascript|httpd-php|perl|ruby|tex|latex|subrip)\b/i, "text"],
];
const BY_ENDING: readonly (readonly [ending: RegExp, sort: Sort])[] = [
  [/\.(?:png|jpe?g|gif|webp|avif|hei[cf]|bmp|tiff?)$/i, "picture"],
  [/\.(?:mp4|mov|webm|mkv|avi)$/i, VIDEO],
  [/\.(?:mp3|ogg|wav|flac|m4a|opus)$/i, RECORDING],
  [/\.(?:pdf|zip|7z|rar|gz|docx?|xlsx?|pptx?|odt|exe|dll|jar|apk|iso|ttf|psd)$/i, NO_TEXT],
];

/** The files of `message`, forwarded ones included. */
export function enclosuresOf(message: Message): Enclosures {
  const own = filesOf(message, false);
  const forwarded = [...message.messageSnapshots.values()].map((one) => filesOf(one, true));
  const all = [own, ...forwarded];
  return {
    enclosures: all.flatMap(({ enclosures }) => enclosures),
    unseen: all.flatMap(({ unseen }) => unseen),
  };
}

function filesOf(
  { attachments, flags }: Message | MessageSnapshot,
  isForwarded: boolean,
): Enclosures {
  const isVoice = flags?.has(MessageFlags.IsVoiceMessage) === true;
  const enclosures: Enclosure[] = [];
  const unseen: Unseen[] = [];
  for (const attachment of attachments?.values() ?? []) {
    const sort = isVoice ? "voice" : sortOf(attachment);
    if (typeof sort === "string") enclosures.push({ kind: sort, attachment, isForwarded });
    else unseen.push(sort);
  }
  return { enclosures, unseen };
}

function sortOf({ contentType, name }: Attachment): Sort {
  const title = name ?? "";
  if (title === PASTE) return "text";
  const type = contentType ?? "";
  const byType = BY_TYPE.find(([pattern]) => pattern.test(type));
  if (byType !== undefined) return byType[1];
  const byEnding = BY_ENDING.find(([pattern]) => pattern.test(title));
  if (byEnding !== undefined) return byEnding[1];
  // Of an unknown type its bytes decide.
  return type === "" || /^application\/octet-stream/i.test(type) ? "text" : NO_TEXT;
}

/** What an enclosure is called when it is not read. */
export function nameOf({ kind }: Enclosure): UnseenKind {
  if (kind === "voice") return "voice message";
  return kind === "picture" ? "picture" : "file";
}
