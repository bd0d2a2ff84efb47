/** What the bot shows in answer to an interaction, and how its edits change that. Plain state. */
import { cdnAddress } from "./cdn.js";
import { checkMessage, type MessageBody } from "./message-rules.js";
import { userPayload } from "./payloads.js";
import { RestError } from "./rest-error.js";
import { snowflake } from "./snowflakes.js";
import type { Attachment, Channel, World } from "./world.js";

export const EPHEMERAL = 1 << 6;

/** A button, a select menu or a text field. */
export interface Component {
  readonly type: number;
  readonly custom_id: string;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
}

export interface ComponentRow {
  readonly components: readonly Component[];
}

/** The bot's answer to an interaction, as the member sees it. */
export interface InteractionAnswer {
  readonly id: string;
  content: string;
  embeds: { title?: string; description?: string }[];
  components: ComponentRow[];
  attachments: readonly Attachment[];
  readonly ephemeral: boolean;
  /** All flags but that it is for one member alone. */
  flags: number;
  /** Whose installation it came by. */
  readonly owners: Readonly<Record<string, string>>;
  /** Whether it still says that the bot is thinking. */
  thinking: boolean;
  deleted: boolean;
  /** Every content it has shown, oldest first. */
  readonly history: string[];
}

export function newAnswer(
  body: MessageBody,
  owners: InteractionAnswer["owners"],
): InteractionAnswer {
  return {
    id: snowflake(),
    content: "",
    embeds: [],
    components: [],
    attachments: [],
    flags: 0,
    owners,
    ephemeral: ((body.flags ?? 0) & EPHEMERAL) !== 0,
    thinking: true,
    deleted: false,
    history: [],
  };
}

/** Makes `answer` show what `body` says; throws `RestError` for what Discord would refuse. */
export function editAnswer(answer: InteractionAnswer, body: MessageBody): void {
  checkMessage(body, true);
  const { content = answer.content, embeds = answer.embeds, files = [] } = body;
  const isEmpty = (content ?? "").trim() === "" && embeds.length === 0 && files.length === 0;
  if (isEmpty && answer.thinking) throw new RestError(400, 50006, "Cannot send an empty message");
  if (body.content !== undefined) answer.content = body.content ?? "";
  if (body.embeds) answer.embeds = body.embeds;
  if (body.components) answer.components = body.components as ComponentRow[];
  if (body.attachments || body.files?.length) answer.attachments = body.files ?? [];
  if (body.flags !== undefined) answer.flags = body.flags & ~EPHEMERAL;
  answer.thinking = false;
  answer.history.push(answer.content);
}

export function answerPayload(answer: InteractionAnswer, channel: Channel, world: World): object {
  return {
    id: answer.id,
    channel_id: channel.id,
    type: 20,
    author: userPayload(world.bot),
    application_id: world.bot.id,
    webhook_id: world.bot.id,
    content: answer.content,
    timestamp: "2024-01-01T00:00:00.000000+00:00",
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: answer.attachments.map(attachmentPayload),
    embeds: answer.embeds,
    components: answer.components,
    pinned: false,
    flags: answer.flags | (answer.ephemeral ? EPHEMERAL : 0),
  };
}

export function attachmentPayload(attachment: Attachment): object {
  const { id, name, description, bytes, contentType, seconds, pixels } = attachment;
  const url = attachment.url ?? cdnAddress(attachment);
  return {
    id,
    filename: name,
    description,
    size: bytes.length,
    url,
    proxy_url: url,
    ...(pixels && { width: pixels[0], height: pixels[1] }),
    ...(contentType && { content_type: contentType }),
    ...(seconds !== undefined && { duration_secs: seconds, waveform: "AAAA" }),
  };
}
