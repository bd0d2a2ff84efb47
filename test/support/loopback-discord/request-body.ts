/** The body of a request: JSON, or a form whose `payload_json` is the JSON and whose files come beside. */
import { snowflake } from "./snowflakes.js";
import type { Attachment } from "./world.js";

/** The JSON, with the form's files under `files` of the message that the JSON describes. */
export async function readBody(content: Buffer, contentType: string | undefined): Promise<unknown> {
  if (content.length === 0) return undefined;
  if (contentType?.startsWith("multipart/form-data") !== true) return JSON.parse(String(content));
  const response = new Response(new Uint8Array(content), {
    headers: { "content-type": contentType },
  });
  const form = await response.formData();
  const body = JSON.parse(String(form.get("payload_json") ?? "{}"));
  const message = body.data ?? body;
  message.files = await filesOf(form, message.attachments ?? []);
  return body;
}

async function filesOf(
  form: FormData,
  described: readonly { id: string | number; description?: string }[],
): Promise<Attachment[]> {
  const files: Attachment[] = [];
  for (const [field, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (index === undefined || typeof value === "string") continue;
    const description = described.find(({ id }) => String(id) === index)?.description;
    const bytes = new Uint8Array(await value.arrayBuffer());
    files.push({ id: snowflake(), name: value.name, description, bytes });
  }
  return files;
}
