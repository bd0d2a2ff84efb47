/** What stands in the raw bytes of all files of a folder: tables, free pages, logs, whatever. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** The names of the files beside the store of `url`, in whose bytes `text` stands. */
export function filesWith(url: string, text: string): string[] {
  const folder = dirname(url.replace("sqlite://", ""));
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => readFileSync(join(folder, name)).includes(text));
}
