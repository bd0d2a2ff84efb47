/** The machine: Node, the clock, and the disk that the store is on. */
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { minVersion, satisfies } from "semver";
import { projectDescription } from "../shared/project-folder.js";
import { reason } from "./discord-problem.js";
import { advice, type Finding, well, wrong } from "./finding.js";

const MEGABYTE = 1024 * 1024;
/** A busy store grows by so much in days. */
const LITTLE_MB = 1_024;
/** A day's votes and a backup do not fit any more. */
const TOO_LITTLE_MB = 100;
/** Discord's times and ours are compared: a ballot that "ends in an hour" must. */
const CLOCK_MS = 30_000;
const WAIT_MS = 10_000;

export function checkNode(version: string = process.versions.node): Finding {
  const { node: wanted } = projectDescription().engines;
  if (satisfies(version, wanted)) return well("Node", `${version}.`);
  return wrong(
    "Node",
    `${version} is too old: Attune needs ${minVersion(wanted)?.version ?? wanted} or newer.`,
    "start it with npm, which fetches a newer one, or install one from https://nodejs.org.",
  );
}

/** Compares the clock with that of the server at `url`, whose answer may be any. Never throws. */
export async function checkClock(url: string, clock: () => number): Promise<Finding[]> {
  try {
    const response = await fetch(url, { method: "GET", signal: AbortSignal.timeout(WAIT_MS) });
    await response.body?.cancel();
    const there = Date.parse(response.headers.get("date") ?? "");
    if (Number.isNaN(there)) return [];
    const ahead = clock() - there;
    if (Math.abs(ahead) <= CLOCK_MS) return [well("Clock", "it agrees with Discord's.")];
    const seconds = Math.round(Math.abs(ahead) / 1_000);
    return [
      wrong(
        "Clock",
        `it is ${seconds} s ${ahead > 0 ? "fast" : "slow"}.`,
        "let the system set it (timedatectl set-ntp true, or your system's settings).",
      ),
    ];
  } catch {
    // That Discord can't be reached is said elsewhere.
    return [];
  }
}

/** Free bytes of the disk that `folder` is on. */
export type FreeBytes = (folder: string) => Promise<number>;

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The disk of the file at `path`, which may not exist yet. Never throws. */
export async function checkDisk(path: string, free: FreeBytes = freeBytes): Promise<Finding> {
  try {
    const megabytes = Math.floor((await free(nearestFolder(path))) / MEGABYTE);
    const text = `${megabytes.toLocaleString("en")} MB are free where the store is.`;
    if (megabytes >= LITTLE_MB) return well("Disk", text);
    const remedy = "make room, or move the store to another disk with STORE_URL.";
    return megabytes < TOO_LITTLE_MB ? wrong("Disk", text, remedy) : advice("Disk", text, remedy);
  } catch (error) {
    return wrong("Disk", `its room can't be read (${reason(error)}).`, "check STORE_URL.");
  }
}

/** The folder of `path`, or the one above it that exists. */
export function nearestFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? folder : nearestFolder(folder);
}
