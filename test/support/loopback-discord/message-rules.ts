/** What Discord refuses about a message. */
import type { ComponentRow } from "./interaction-answers.js";
import { invalidForm, RestError } from "./rest-error.js";
import type { Attachment } from "./world.js";

export interface MessageBody {
  content?: string | null;
  embeds?: { title?: string; description?: string }[];
  components?: ComponentRow[];
  /** What the bot says of its files, and of those that stay. */
  attachments?: { id: string | number; filename?: string; description?: string }[];
  /** What came with the request. */
  files?: Attachment[];
  flags?: number;
  allowed_mentions?: unknown;
  message_reference?: { message_id: string };
  nonce?: string | number;
  enforce_nonce?: boolean;
}

const CONTENT_LIMIT = 2000;
const DESCRIPTION_LIMIT = 4096;
const EMBEDS_LIMIT = 6000;
const ROWS_LIMIT = 5;
const BUTTONS_LIMIT = 5;
const OPTIONS_LIMIT = 25;
const LABEL_LIMIT = 80;
const CUSTOM_ID_LIMIT = 100;

/** Throws {@link RestError} for a body that Discord would refuse. `partial` for an edit. */
export function checkMessage(body: MessageBody, partial: boolean): void {
  const { content, embeds = [], components = [], files = [] } = body;
  if ((content ?? "").length > CONTENT_LIMIT)
    throw invalidForm("content must be 2000 or fewer in length.");
  let total = 0;
  for (const { title = "", description = "" } of embeds) {
    if (description.length > DESCRIPTION_LIMIT) throw invalidForm("description is too long.");
    if (title === "" && description === "") throw invalidForm("an embed is empty.");
    total += title.length + description.length;
  }
  if (total > EMBEDS_LIMIT) throw invalidForm("Embed size exceeds maximum size of 6000");
  checkComponents(components);
  const empty = (content ?? "").trim() === "" && embeds.length === 0 && files.length === 0;
  if (!partial && empty) throw new RestError(400, 50006, "Cannot send an empty message");
}

function checkComponents(rows: readonly ComponentRow[]): void {
  if (rows.length > ROWS_LIMIT) throw invalidForm("components must be 5 or fewer in length.");
  const seen = new Set<string>();
  for (const { components } of rows) {
    if (components.length === 0 || components.length > BUTTONS_LIMIT) {
      throw invalidForm("a row must have between 1 and 5 components.");
    }
    for (const { custom_id: id = "", label = "", options = [] } of components) {
      if (id.length > CUSTOM_ID_LIMIT || label.length > LABEL_LIMIT) {
        throw invalidForm("a component's custom_id or label is too long.");
      }
      if (options.length > OPTIONS_LIMIT || options.some((one) => one.label.length > 100)) {
        throw invalidForm("a select menu has too many or too long options.");
      }
      if (id !== "" && seen.has(id)) throw invalidForm("Component custom id cannot be duplicated");
      seen.add(id);
    }
  }
}
