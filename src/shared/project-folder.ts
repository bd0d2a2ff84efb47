/** Where this copy of Attune is: its package.json, its decks. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The folder of package.json, from the source as from the build. */
export function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}

const DESCRIPTION = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });

/** What package.json says of this copy. */
export function projectDescription(): z.infer<typeof DESCRIPTION> {
  const text = readFileSync(join(projectFolder(), "package.json"), "utf8");
  return DESCRIPTION.parse(JSON.parse(text));
}
