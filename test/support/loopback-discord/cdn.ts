/**
 * Discord's hosts for files: an attachment is served at a signed address until that expires, and every
 * request is noted. One for all loopback servers of a process.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Attachment } from "./world.js";

const SIGNED_FOR_SECONDS = 24 * 60 * 60;
const files = new Map<string, Attachment>();
const numbers = new Map<Attachment, string>();

/** Where the loopback server of this process is; Discord's own host before one has started. */
let origin = "https://cdn.discordapp.com";

export function serveFilesAt(address: string): void {
  origin = address;
}

/** A signed address of `attachment`. */
export function cdnAddress(attachment: Attachment): string {
  const number = numbers.get(attachment) ?? String(files.size + 1);
  numbers.set(attachment, number);
  files.set(number, attachment);
  const now = Math.floor(Date.now() / 1000);
  const signature = new URLSearchParams({
    ex: (now + SIGNED_FOR_SECONDS).toString(16),
    is: now.toString(16),
    hm: "0".repeat(64),
  });
  const name = encodeURIComponent(attachment.name.toWellFormed());
  return `${origin}/attachments/${number}/${attachment.id}/${name}?${signature}&`;
}

/** Answers with the file, if `request` is for one. */
export function serveFile(
  { url, headers }: IncomingMessage,
  response: ServerResponse,
  noted: URL[],
): boolean {
  const address = new URL(url ?? "/", "http://loopback");
  const [, folder, number] = address.pathname.split("/");
  if (folder !== "attachments") return false;
  noted.push(address);
  const file = files.get(number ?? "");
  const expires = Number.parseInt(address.searchParams.get("ex") ?? "0", 16);
  if (headers.authorization !== undefined) response.writeHead(400).end();
  else if (file === undefined || expires * 1000 < Date.now()) {
    response.writeHead(404).end("This content is no longer available.");
  } else if (file.redirect !== undefined) {
    response.writeHead(302, { location: file.redirect }).end();
  } else {
    response.writeHead(200, { "content-type": file.contentType ?? "application/octet-stream" });
    response.end(file.bytes);
  }
  return true;
}
