/**
 * An answer as what follows an interaction: the answer itself and some follow-ups. Where the bot is
 * somebody's own app alone, Discord takes five of those; what does not fit comes as a file.
 */
import {
  AttachmentBuilder,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Message,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from "discord.js";
import { MAXIMUM_MESSAGES, splitMessage } from "../../conversation/split-message.js";
import type { Say } from "../../language/say.js";
import type { Log } from "../../shared/log.js";
import { ANSWER_FLAGS } from "../gateway/client.js";
import { logFailure } from "../gateway/discord-errors.js";
import type { Row } from "./controls.js";

/** What is answered in this way. */
export type Asking =
  | ButtonInteraction
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ModalSubmitInteraction;

/** Discord's limit where the application is installed by the user alone. */
const MOST_FOLLOW_UPS = 5;
const MESSAGE_LIMIT = 2_000;

/** How many follow-ups Discord takes for `interaction`. */
export function followUpsOf({ authorizingIntegrationOwners: owners }: Asking): number {
  return owners.guildId === null && owners.userId !== null
    ? MOST_FOLLOW_UPS
    : Number.POSITIVE_INFINITY;
}

export interface AnswerPieces {
  readonly contents: readonly string[];
  /** The whole answer, with the last piece. */
  readonly file: AttachmentBuilder | undefined;
}

/**
 * `text` as an answer with at most `followUps` follow-ups. What is too long comes as a file where one
 * may be attached, and is cut with a sentence where none may.
 */
export function piecesOf(
  text: string,
  interaction: Asking,
  followUps: number,
  say: Say,
): AnswerPieces {
  const most = Math.min(MAXIMUM_MESSAGES, 1 + followUps);
  const whole = splitMessage(text);
  if (whole.length <= most) return { contents: whole, file: undefined };
  const bytes = Buffer.from(text);
  const mayAttach =
    interaction.appPermissions.has(PermissionFlagsBits.AttachFiles) &&
    bytes.length <= interaction.attachmentSizeLimit;
  if (!mayAttach) return { contents: splitMessage(text, MESSAGE_LIMIT, most), file: undefined };
  const below = `\n\n${say("asking.wholeAsFile")}`;
  // Every piece is a little shorter than it might be, so that the sentence fits below the last.
  const contents = splitMessage(text, MESSAGE_LIMIT - below.length).slice(0, most);
  contents.push(contents.pop() + below);
  return { contents, file: new AttachmentBuilder(bytes).setName("answer.md") };
}

export interface Controls {
  readonly rows: readonly Row[];
  /** Below which piece. */
  readonly below: "first" | "last";
}

/** What speaks to the member, and what is told to the admin. */
export interface Tellers {
  readonly say: Say;
  readonly log: Log;
}

/**
 * Shows `pieces` as the answer to `interaction`, with `controls` below one of them. Returns the
 * messages; fewer if a later one can't be sent, which the member is told. Throws discord.js's error if
 * the first one can't.
 */
export async function showPieces(
  interaction: Asking,
  { contents, file }: AnswerPieces,
  { rows, below }: Controls,
  tellers: Tellers,
): Promise<Message[]> {
  const last = Math.max(0, contents.length - 1);
  const optionsOf = (piece: number) => ({
    content: contents[piece] ?? "…",
    components: piece === (below === "first" ? 0 : last) ? [...rows] : [],
    ...(piece === last && file && { files: [file] }),
  });
  const first = { ...optionsOf(0), embeds: [], flags: ANSWER_FLAGS } as const;
  const sent = [await interaction.editReply(first)];
  const isPrivate = sent[0]!.flags.has(MessageFlags.Ephemeral);
  const flags = isPrivate ? ANSWER_FLAGS | MessageFlags.Ephemeral : ANSWER_FLAGS;
  try {
    for (let piece = 1; piece <= last; piece++) {
      sent.push(await interaction.followUp({ ...optionsOf(piece), flags }));
    }
  } catch (error) {
    logFailure(tellers.log, { event: "ask.cut", interactionId: interaction.id }, error);
    await tellOfCut(interaction, sent[0]!, rows, tellers);
  }
  return sent;
}

/** Below the first piece: a follow-up may be what was refused. */
async function tellOfCut(
  interaction: Asking,
  { content }: Message,
  rows: readonly Row[],
  { say, log }: Tellers,
): Promise<void> {
  const below = `\n\n${say("messages.cut")}`;
  const [start = ""] = splitMessage(content, MESSAGE_LIMIT - below.length);
  try {
    await interaction.editReply({
      content: start + below,
      components: [...rows],
    });
  } catch (error) {
    logFailure(log, { event: "ask.untold", interactionId: interaction.id }, error);
  }
}
