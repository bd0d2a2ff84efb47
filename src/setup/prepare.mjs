/**
 * Makes a fresh clone ready to run: installs from the lockfile and builds, each only when needed.
 * Plain JavaScript without dependencies, because nothing is installed yet when it runs. Expects a Node
 * that is new enough.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const INSTALL_STAMP = join("node_modules", ".attune-lockfile");
const INSTALLED = join("node_modules", ".package-lock.json");
const NATIVE_DATABASE = join("node_modules", "sqlite3", "build");
const BUILD_STAMP = join("dist", ".attune-sources");
const SOURCES = ["src", "workers", "commands", "models", "tsconfig.json", "tsconfig.build.json"];

// Run by itself: all of it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { handOverToNewerNode } = await import("./hand-over.mjs");
  await handOverToNewerNode();
  installWhereNeeded();
  buildWhereNeeded();
}

/** Installs, where the packages are not those of the lockfile and of this version of Node. */
export function installWhereNeeded() {
  if (readStamp(INSTALL_STAMP) !== installState() && !isInstalledByHand()) install();
}

/** Builds where sources have changed since the last time, or always when `isForced`. */
export function buildWhereNeeded(isForced = false) {
  if (isForced || readStamp(BUILD_STAMP) !== buildState()) build();
}

/**
 * Whether somebody ran `npm ci` or `npm install` themselves: npm notes in a file what it has put
 * there. Without its scripts the database has no native part.
 */
function isInstalledByHand() {
  const missing = [INSTALLED, NATIVE_DATABASE].some((path) => !existsSync(join(PROJECT, path)));
  if (missing || readStamp(INSTALL_STAMP) !== undefined) return false;
  const installed = JSON.parse(readFileSync(join(PROJECT, INSTALLED), "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(PROJECT, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || optional || installed[path]?.version === version,
  );
}

function install() {
  console.error("Installing what Attune needs (npm ci); the first time takes a minute or two ...");
  run(
    "npm",
    // The compiler is a development dependency, which npm leaves out where NODE_ENV is production.
    ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
    "The installation failed. Check the network and run it again.",
  );
  writeFileSync(join(PROJECT, INSTALL_STAMP), installState());
}

function build() {
  console.error("Building ...");
  rmSync(join(PROJECT, "dist"), { recursive: true, force: true });
  const compiler = join(PROJECT, "node_modules", "typescript", "bin", "tsc");
  run(
    process.execPath,
    [compiler, "-p", "tsconfig.build.json"],
    "The build failed: see the errors above.",
  );
  mkdirSync(join(PROJECT, "dist"), { recursive: true });
  writeFileSync(join(PROJECT, BUILD_STAMP), buildState());
}

/** Installed modules belong to one lockfile and, since some are compiled, to one major version of Node. */
function installState() {
  const lockfile = readFileSync(join(PROJECT, "package-lock.json"));
  return `${createHash("sha256").update(lockfile).digest("hex")} ${process.versions.modules}`;
}

/** Names, sizes and times of all sources. */
function buildState() {
  const hash = createHash("sha256");
  for (const source of SOURCES) addToHash(hash, source);
  return hash.digest("hex");
}

function addToHash(hash, path) {
  const absolute = join(PROJECT, path);
  if (!existsSync(absolute)) return;
  const facts = statSync(absolute);
  if (facts.isDirectory()) {
    for (const name of readdirSync(absolute).sort()) addToHash(hash, join(path, name));
  } else if (/\.(ts|json)$/.test(path)) hash.update(`${path} ${facts.size} ${facts.mtimeMs}\n`);
}

function readStamp(path) {
  const absolute = join(PROJECT, path);
  return existsSync(absolute) ? readFileSync(absolute, "utf8") : undefined;
}

function run(command, parameters, advice) {
  // On Windows npm is a script, which only a shell can start.
  const shell = process.platform === "win32" && command === "npm";
  const stdio = ["ignore", 2, 2];
  const { status, error } = spawnSync(command, parameters, { cwd: PROJECT, stdio, shell });
  if (status !== 0) fail(`${advice}${error ? ` (${error.message})` : ""}`, status ?? 1);
}

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}
