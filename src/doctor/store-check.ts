/** The store, the key that its texts are sealed with, and its newest backup. Nothing is changed. */
import { accessSync, constants, existsSync } from "node:fs";
import type { Clock } from "../shared/time.js";
import { keyHashOf, NO_KEY } from "../store/encryption-key.js";
import type { SettingsRecord } from "../store/records.js";
import { newestBackupAt } from "../store/sqlite/backup.js";
import { glanceAtStore, type StoreGlance } from "../store/sqlite/glance.js";
import { NewerStoreError, StoreError } from "../store/store-error.js";
import { reason } from "./discord-problem.js";
import { advice, type Finding, well, wrong } from "./finding.js";
import { nearestFolder } from "./machine-check.js";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A week of votes is what somebody may be ready to lose. */
const OLD_DAYS = 7;
const MEGABYTE = 1024 * 1024;
const BACK_UP = "npm run store -- backup makes one while the bot runs (docs/operations.md).";
const MAKE_KEY = "make one with: openssl rand -base64 32";

export interface StoreReport {
  readonly findings: readonly Finding[];
  /** What each server's admin has chosen; nothing where the store can't be read. */
  readonly settings: ReadonlyMap<string, SettingsRecord>;
}

/** Of the store at `path`, whose texts are sealed with `key`. Never throws. */
export async function checkStoreFile(
  path: string,
  key: Uint8Array | undefined,
  clock: Clock,
): Promise<StoreReport> {
  if (!existsSync(path)) {
    return { findings: [newStore(path), ...checkKey(key, [])], settings: new Map() };
  }
  try {
    const glance = await glanceAtStore(path);
    const findings = [wholeness(path, glance), ...checkKey(key, glance.keyHashes)];
    return { findings: [...findings, checkBackup(path, clock)], settings: glance.settings };
  } catch (error) {
    return { findings: [unreadable(path, error)], settings: new Map() };
  }
}

/** It is made at the first start, where that can be done. */
function newStore(path: string): Finding {
  const folder = nearestFolder(path);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return well("Store", `the first start makes it at ${path}.`);
  } catch (error) {
    return wrong(
      "Store",
      `it can't be made at ${path} (${reason(error)}).`,
      `let the bot's account write into ${folder}, or set STORE_URL to another file.`,
    );
  }
}

function wholeness(path: string, { bytes, complaint, isOutdated }: StoreGlance): Finding {
  if (complaint !== undefined) {
    return wrong(
      "Store",
      `${path} is damaged: ${complaint}.`,
      'stop the bot and run "npm run store -- restore FILE" with a backup.',
    );
  }
  const size = `${(bytes / MEGABYTE).toFixed(1)} MB`;
  const next = isOutdated ? "; the next start brings it up to date" : "";
  return well("Store", `${path} is whole (${size})${next}.`);
}

function unreadable(path: string, error: unknown): Finding {
  if (error instanceof NewerStoreError) {
    return wrong("Store", "a newer version of Attune has written it.", "update Attune.");
  }
  const said =
    error instanceof StoreError ? error.message : `${path} can't be read (${reason(error)}).`;
  return wrong(
    "Store",
    said,
    'check STORE_URL and the file\'s owner; if it is damaged, run "npm run store -- restore FILE" with a backup.',
  );
}

/** `left` is what keys have left in the store. */
export function checkKey(key: Uint8Array | undefined, left: readonly string[]): Finding[] {
  const hashes = left.filter((hash) => hash !== NO_KEY);
  const topic = "Encryption key";
  if (key !== undefined && hashes.length > 0 && !hashes.includes(keyHashOf(key))) {
    return [
      wrong(
        topic,
        "the texts in this store were sealed with another ENCRYPTION_KEY.",
        "set the earlier key again; if it is lost, the texts are deleted after BALLOT_DAYS.",
      ),
    ];
  }
  if (key !== undefined) return [well(topic, "it is set.")];
  if (hashes.length > 0) {
    return [
      wrong(
        topic,
        "texts in this store were sealed with an ENCRYPTION_KEY, and none is set now.",
        "set the earlier key again; if it is lost, the texts are deleted after BALLOT_DAYS.",
      ),
    ];
  }
  return [advice(topic, "none is set, so no text is stored once a ballot has closed.", MAKE_KEY)];
}

function checkBackup(path: string, clock: Clock): Finding {
  const at = newestBackupAt(path);
  if (at === undefined) return advice("Backup", "there is none next to the store.", BACK_UP);
  const days = Math.floor((clock() - at) / DAY_MS);
  const text = `the newest next to the store is ${days === 0 ? "of today" : `${days} ${days === 1 ? "day" : "days"} old`}.`;
  return days > OLD_DAYS ? advice("Backup", text, BACK_UP) : well("Backup", text);
}
