/**
 * `node src/setup/run.mjs WHAT [parameters]`, as the npm scripts call it: makes the clone ready and
 * becomes a tool of the installed packages (tsc, biome, vitest) or a program of the project.
 */
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { handOverToNewerNode } from "./hand-over.mjs";
import { buildWhereNeeded, installWhereNeeded } from "./prepare.mjs";

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const PACKAGES = join(PROJECT, "node_modules");
/** Those that read the sources themselves. */
const SOURCE_TOOLS = {
  tsc: join(PACKAGES, "typescript", "bin", "tsc"),
  biome: join(PACKAGES, "@biomejs", "biome", "bin", "biome"),
  oxlint: join(PACKAGES, "oxlint", "bin", "oxlint"),
  depcruise: join(PACKAGES, "dependency-cruiser", "bin", "dependency-cruiser.mjs"),
};
const VITEST = join(PACKAGES, "vitest", "vitest.mjs");

await handOverToNewerNode();
const [what, ...parameters] = process.argv.slice(2);
installWhereNeeded();
if (!(what in SOURCE_TOOLS)) buildWhereNeeded(what === "build");
if (what !== "build") await become(fileOf(what));

function fileOf(name) {
  return SOURCE_TOOLS[name] ?? (name === "vitest" ? VITEST : join(PROJECT, name));
}

async function become(file) {
  process.argv = [process.execPath, file, ...parameters];
  await import(pathToFileURL(file).href);
}
