/**
 * Reads what came with the newest messages of a conversation: pictures for models that see, text files,
 * and voice messages where somebody writes them down. What was read is in the turns alone, and goes
 * with them; what was not is named there with its reason.
 */
import type { Attachment } from "discord.js";
import type {
  ConversationTurn,
  Unseen,
  UnseenReason,
} from "../../conversation/conversation-turn.js";
import {
  TranscriptionFailedError,
  type Transcriptions,
} from "../../conversation/model-server/transcriptions.js";
import type { Asker } from "../../limits/limits.js";
import { wholeCharacters } from "../../safety/cut-places.js";
import type { Log } from "../../shared/log.js";
import { plainWords, quotation } from "../messages/message-parts.js";
import type { DiscordFiles, ReadFile } from "./discord-files.js";
import { type Enclosure, nameOf } from "./enclosure.js";
import { pictureType, textIn } from "./file-bytes.js";
import { pictureAddresses } from "./picture-addresses.js";

/** A turn whose files have not been read yet. */
export interface UnreadTurn extends ConversationTurn {
  readonly enclosures?: readonly Enclosure[];
}

/** Turns whose files are read: a question about a picture often comes two messages after it. */
const MOST_TURNS = 3;
const MOST_PICTURES = 4;
const MOST_PICTURE_BYTES = 5 * 1024 * 1024;
/** Of a text file; and of what is read of all files of one message. */
const MOST_TEXT_BYTES = 256 * 1024;
const MOST_TEXT_CHARACTERS = 8_000;
const MOST_TEXTS = 5;
const MOST_VOICE_BYTES = 10 * 1024 * 1024;
const MOST_VOICE_SECONDS = 5 * 60;
/** Of everything together: somebody waits. */
const LONGEST_MS = 40_000;
const CUT_MARK = " […]";

export interface EnclosureReaderParts {
  readonly files: Pick<DiscordFiles, "read">;
  /** Whether files are read at all. */
  readonly reads: boolean;
  /** Whether the language model sees pictures, as far as is known. */
  readonly seesPictures: () => boolean;
  /** Undefined where nobody writes down what is said. */
  readonly transcriptions: Pick<Transcriptions, "wordsOf"> | undefined;
  /** Whether `asker` may still spend tokens on it. */
  readonly maySpend: (asker: Asker) => boolean;
  readonly log: Log;
}

export interface ReadTurns {
  readonly turns: readonly ConversationTurn[];
  /** How long it took: Discord's hosts and the language model's server, and not the bot. */
  readonly seconds: number;
}

/** For whom is read, and how long somebody waits. */
export interface Reading {
  readonly asker: Asker;
  readonly messageId: string;
  readonly signal: AbortSignal;
}

/** What came of the files of one message. */
interface Read {
  readonly said: string[];
  readonly quoted: string[];
  readonly pictures: string[];
  readonly unseen: Unseen[];
  isCut: boolean;
  /** How much more text there may be. */
  charactersLeft: number;
}

/** What a file says, from its beginning. */
interface Words {
  readonly words: string;
  /** Whether there is more of it. */
  readonly isCut?: boolean;
}

/** Something that can't be shown, and why. */
class UnseenError extends Error {
  constructor(readonly why: UnseenReason) {
    super(`Unseen: ${why}.`);
  }
}

export class EnclosureReader {
  constructor(private readonly parts: EnclosureReaderParts) {}

  /** `turns` with what came with the newest of them. Never throws: what can't be read is unseen. */
  async read(turns: readonly UnreadTurn[], reading: Reading): Promise<ReadTurns> {
    const begun = performance.now();
    const signal = AbortSignal.any([reading.signal, AbortSignal.timeout(LONGEST_MS)]);
    const known: ConversationTurn[] = [];
    let turnsLeft = MOST_TURNS;
    let picturesLeft = MOST_PICTURES;
    for (const [at, { enclosures = [], ...turn }] of [...turns.entries()].reverse()) {
      if (enclosures.length === 0) known.unshift(turn);
      else if (turnsLeft === 0 || !this.parts.reads) {
        const why = this.parts.reads && at < turns.length - 1 ? "earlier" : "never";
        known.unshift(withRead(turn, unread(enclosures, why)));
      } else {
        const read = await this.#readAll(enclosures, picturesLeft, { ...reading, signal });
        turnsLeft--;
        picturesLeft -= read.pictures.length;
        known.unshift(withRead(turn, read));
      }
    }
    return { turns: known, seconds: (performance.now() - begun) / 1000 };
  }

  async #readAll(
    enclosures: readonly Enclosure[],
    picturesLeft: number,
    reading: Reading,
  ): Promise<Read> {
    const read = nothing();
    let pictures = 0;
    let texts = 0;
    for (const enclosure of enclosures) {
      try {
        if (enclosure.kind === "picture") {
          if (this.parts.seesPictures() && ++pictures > picturesLeft)
            throw new UnseenError("tooMany");
          read.pictures.push(await this.#picture(enclosure.attachment, reading));
        } else if (enclosure.kind === "voice") {
          add(read, enclosure, { words: await this.#voice(enclosure.attachment, reading) });
        } else {
          if (++texts > MOST_TEXTS) throw new UnseenError("tooLarge");
          add(read, enclosure, await this.#text(enclosure.attachment, reading));
        }
      } catch (error) {
        read.unseen.push({ kind: nameOf(enclosure), why: this.#reasonOf(error, reading) });
      }
    }
    return read;
  }

  /** As a data URL: a server of one's own need not reach Discord, and Discord's address holds a name. */
  async #picture(attachment: Attachment, { signal }: Reading): Promise<string> {
    if (!this.parts.seesPictures()) throw new UnseenError("blind");
    let reason: unknown;
    for (const address of pictureAddresses(attachment)) {
      try {
        return dataUrl(await this.parts.files.read(address, MOST_PICTURE_BYTES, signal));
      } catch (error) {
        reason = error;
      }
    }
    throw reason;
  }

  async #text({ url }: Attachment, { signal }: Reading): Promise<Words> {
    const { bytes, isCut } = await this.parts.files.read(url, MOST_TEXT_BYTES, signal);
    const text = textIn(bytes);
    if (text === undefined) throw new UnseenError("notText");
    return { words: plainWords(text), isCut };
  }

  async #voice(attachment: Attachment, { asker, signal }: Reading): Promise<string> {
    const { transcriptions, files, maySpend } = this.parts;
    if (transcriptions === undefined) throw new UnseenError("deaf");
    const seconds = attachment.duration ?? MOST_VOICE_SECONDS;
    if (seconds > MOST_VOICE_SECONDS) throw new UnseenError("tooLong");
    if (!maySpend(asker)) throw new UnseenError("unheard");
    const { bytes, isCut } = await files.read(attachment.url, MOST_VOICE_BYTES, signal);
    if (isCut) throw new UnseenError("tooLarge");
    const recording = { bytes, seconds, ending: "ogg", mediaType: "audio/ogg" };
    const words = plainWords(await transcriptions.wordsOf(recording, asker, signal));
    if (words === "") throw new UnseenError("unheard");
    return words;
  }

  #reasonOf(error: unknown, { messageId }: Reading): UnseenReason {
    if (error instanceof UnseenError) return error.why;
    this.parts.log.warn({ event: "enclosure.unread", messageId, err: error });
    return error instanceof TranscriptionFailedError ? "unheard" : "unreachable";
  }
}

function dataUrl({ bytes, isCut }: ReadFile): string {
  if (isCut) throw new UnseenError("tooLarge");
  const type = pictureType(bytes);
  if (type === undefined) throw new UnseenError("format");
  return `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
}

function nothing(): Read {
  return {
    said: [],
    quoted: [],
    pictures: [],
    unseen: [],
    isCut: false,
    charactersLeft: MOST_TEXT_CHARACTERS,
  };
}

function unread(enclosures: readonly Enclosure[], why: UnseenReason): Read {
  return { ...nothing(), unseen: enclosures.map((one) => ({ kind: nameOf(one), why })) };
}

/** A member's own voice is what they say; all else is data, quoted line by line. */
function add(read: Read, enclosure: Enclosure, { words, isCut = false }: Words): void {
  const { kind, isForwarded } = enclosure;
  const room = read.charactersLeft;
  const isWhole = words.length <= room && !isCut;
  const kept = words.slice(0, wholeCharacters(words, room, 0));
  const shown = isWhole ? kept : kept + CUT_MARK;
  read.charactersLeft -= kept.length;
  read.isCut ||= !isWhole;
  if (kind === "voice" && !isForwarded) read.said.push(shown);
  else read.quoted.push(quotation(titleOf(enclosure), shown));
}

/** Files' names are their owners' words; what language a file is in helps to read it. */
function titleOf({ kind, isForwarded, attachment }: Enclosure): string {
  const [ending] = /\.[a-z0-9]{1,8}$/i.exec(attachment.name ?? "") ?? [];
  const name = kind === "voice" ? "voice message" : `file${ending ? ` (${ending})` : ""}`;
  return isForwarded ? `Forwarded ${name}:` : `${name[0]!.toUpperCase()}${name.slice(1)}:`;
}

/** `turn` with what was read: first what the member says, then what they quote. */
function withRead(turn: ConversationTurn, read: Read): ConversationTurn {
  const parts = [...read.said, turn.text, ...read.quoted];
  const unseen = [...(turn.unseen ?? []), ...read.unseen];
  return {
    ...turn,
    text: parts.filter((part) => part !== "").join("\n\n"),
    ...(unseen.length > 0 && { unseen }),
    ...(read.pictures.length > 0 && { pictures: read.pictures }),
    ...(read.isCut && { isCut: true }),
  };
}
