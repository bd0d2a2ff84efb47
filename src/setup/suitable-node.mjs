/**
 * Finds a Node that is new enough: the one that runs this file, or else one that npm has fetched into
 * an ignored folder. Plain JavaScript for old versions too, without dependencies.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** `engines` of package.json says the same. */
const MINIMUM_NODE = [22, 12];
const FETCHED_MAJOR = 22;
const IS_WINDOWS = process.platform === "win32";
const FETCHED = join(PROJECT, ".node", `${process.platform}-${process.arch}`);
const PROGRAM = join("node_modules", "node", "bin", IS_WINDOWS ? "node.exe" : "node");

/** Whether `version` (as "22.12.0") is at least `minimum` (major and minor). */
export function isNewEnough(version, minimum = MINIMUM_NODE) {
  const [major, minor] = version.split(".").map(Number);
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
}

/**
 * The path of a Node that is new enough. Fetches one where the machine's is older and none was
 * fetched yet; ends the process with a sentence that says what to do when that fails.
 */
export function suitableNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const program = join(FETCHED, PROGRAM);
  if (!existsSync(program)) fetchNode();
  return program;
}

/** Into a folder of its own first: two commands may fetch at once, and one may be stopped half-way. */
function fetchNode() {
  console.error(
    `Attune needs Node ${MINIMUM_NODE.join(".")} or newer, and this is ${process.versions.node}: fetching Node ${FETCHED_MAJOR} into .node (190 MB, once) ...`,
  );
  mkdirSync(dirname(FETCHED), { recursive: true });
  const folder = mkdtempSync(`${FETCHED}-`);
  try {
    const problem = install(folder);
    if (problem !== undefined) giveUp(problem);
    if (!existsSync(FETCHED)) renameSync(folder, FETCHED);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What went wrong, or nothing. */
function install(folder) {
  // npm's package `node` puts the program in its place with an install script.
  const description = { private: true, allowScripts: { node: true } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(description));
  const options = ["--ignore-scripts=false", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = spawnSync("npm", ["install", ...options, `node@${FETCHED_MAJOR}`], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    // On Windows npm is a script, which only a shell can start.
    shell: IS_WINDOWS,
  });
  if (npm.error) return npm.error.message;
  if (npm.status !== 0) return "npm could not install it";
  const { status, stdout } = spawnSync(join(folder, PROGRAM), ["--version"], { encoding: "utf8" });
  const runs = status === 0 && isNewEnough(stdout.trim().slice(1));
  return runs ? undefined : "what npm has installed does not run here";
}

function giveUp(problem) {
  console.error(
    `Node ${FETCHED_MAJOR} could not be fetched (${problem}). Check the network and run it again, or install Node ${FETCHED_MAJOR} or newer from https://nodejs.org.`,
  );
  process.exitCode = 1;
  // Not exit(): the folder is still to be removed.
  throw new NodeMissing();
}

/** Thrown after its sentence was printed. */
export class NodeMissing extends Error {
  name = "NodeMissing";
}
