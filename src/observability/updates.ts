/**
 * Whether a newer version of Attune has been released. Asks the releases of the repository that this
 * copy comes from, with nothing but the request itself, once a day.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gt, valid } from "semver";
import { z } from "zod";
import type { Log } from "../shared/log.js";
import { projectDescription, projectFolder } from "../shared/project-folder.js";
import { type Schedule, schedule } from "../training/schedule.js";

/** At an odd minute: not all copies ask at once. */
const DAILY = "43 9 * * *";
const WAIT_MS = 10_000;
const LONGEST_URL = 300;
const GITHUB = /github\.com[/:]([\w.-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?\/?$/;

/** As GitHub, Gitea and Forgejo tell of a repository's latest release. */
const RELEASE = z.object({
  tag_name: z.string().max(100),
  html_url: z.url({ protocol: /^https?$/ }).max(LONGEST_URL),
});

/** A release that is newer than this copy. */
export interface Update {
  readonly version: string;
  /** The page that tells of it. */
  readonly page: string;
}

export interface UpdatesParts {
  /** Where the latest release is told; where this copy was cloned from if undefined; or nowhere. */
  readonly url: string | "off" | undefined;
  readonly log: Log;
  /** This copy's. */
  readonly version?: string;
}

export class Updates {
  readonly version: string;
  #available: Update | undefined;

  constructor(private readonly parts: UpdatesParts) {
    this.version = parts.version ?? projectDescription().version;
  }

  /** The newer version that was found last; undefined if there is none, or if nobody has asked. */
  get available(): Update | undefined {
    return this.#available;
  }

  /** Asks now, and logs a newer version once. Never throws: an answer that does not come is no matter. */
  async check(): Promise<void> {
    const { url = releasesOfClone(), log } = this.parts;
    if (url === undefined || url === "off") return;
    try {
      const found = await newestAt(url);
      if (found === undefined || !gt(found.version, this.version)) {
        this.#available = undefined;
        return;
      }
      const isNews = found.version !== this.#available?.version;
      this.#available = found;
      if (isNews) log.info({ event: "update.available", ...found, running: this.version });
    } catch (error) {
      log.debug({ event: "update.unknown", err: error });
    }
  }
}

/** Asks now, and once a day. */
export function startUpdateChecks(updates: Updates, log: Log): Schedule {
  void updates.check();
  return schedule("updates", DAILY, () => updates.check(), log);
}

async function newestAt(url: string): Promise<Update | undefined> {
  const headers = { accept: "application/json", "user-agent": "attune" };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(WAIT_MS) });
  if (!response.ok) throw new Error(`The releases answer with status ${response.status}.`);
  const { tag_name: tag, html_url: page } = RELEASE.parse(await response.json());
  const version = valid(tag.replace(/^v/, ""));
  return version === null ? undefined : { version, page };
}

/** Where the latest release of the GitHub repository is told that `folder` was cloned from, if it was. */
export function releasesOfClone(folder: string = projectFolder()): string | undefined {
  const file = join(folder, ".git", "config");
  if (!existsSync(file)) return undefined;
  const origin = originIn(readFileSync(file, "utf8"));
  const [, owner, name] = GITHUB.exec(origin ?? "") ?? [];
  if (owner === undefined) return undefined;
  return `https://api.github.com/repos/${owner}/${name}/releases/latest`;
}

/** The address of the remote that a clone came from, in the text of git's configuration. */
function originIn(config: string): string | undefined {
  const lines = config.split("\n").map((line) => line.trim());
  const from = lines.indexOf('[remote "origin"]');
  if (from < 0) return undefined;
  const end = lines.findIndex((line, at) => at > from && line.startsWith("["));
  const own = lines.slice(from + 1, end < 0 ? undefined : end);
  return own
    .find((line) => /^url\s?=/.test(line))
    ?.split("=")[1]
    ?.trim();
}
