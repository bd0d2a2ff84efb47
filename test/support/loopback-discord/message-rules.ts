/** What Discord refuses about a message. */
import { invalidForm, RestError } from "./rest-error.js";

export interface MessageBody {
  content?: string | null;
  embeds?: { title?: string; description?: string }[];
  components?: unknown[];
  flags?: number;
  allowed_mentions?: unknown;
  message_reference?: { message_id: string };
}

const CONTENT_LIMIT = 2000;
const DESCRIPTION_LIMIT = 4096;
const EMBEDS_LIMIT = 6000;

/** Throws {@link RestError} for a body that Discord would refuse. `partial` for an edit. */
export function checkMessage(body: MessageBody, partial: boolean): void {
  const { content, embeds = [] } = body;
  if ((content ?? "").length > CONTENT_LIMIT)
    throw invalidForm("content must be 2000 or fewer in length.");
  let total = 0;
  for (const { title = "", description = "" } of embeds) {
    if (description.length > DESCRIPTION_LIMIT) throw invalidForm("description is too long.");
    if (title === "" && description === "") throw invalidForm("an embed is empty.");
    total += title.length + description.length;
  }
  if (total > EMBEDS_LIMIT) throw invalidForm("Embed size exceeds maximum size of 6000");
  const empty = (content ?? "").trim() === "" && embeds.length === 0;
  if (!partial && empty) throw new RestError(400, 50006, "Cannot send an empty message");
}
