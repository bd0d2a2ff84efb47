/** Opens the store: one SQLite file in WAL mode behind Keyv, one repository for each namespace. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { KeyvSqlite } from "@keyv/sqlite";
import type {
  BallotRecord,
  CalibrationRecord,
  ComparisonRecord,
  ConsentRecord,
  CurrentModelRecord,
  DayCountRecord,
  DepartureRecord,
  ModelRecord,
  ProfileRecord,
  QuestionsRecord,
  ReplyRecord,
  SettingsRecord,
  TrialRecord,
  UsageRecord,
} from "./records.js";
import { Repository, StoreError } from "./repository.js";

const BUSY_TIMEOUT_MS = 5000;

/** All that Attune keeps. Keys: `guild:member`, `guild:member:ulid`, message, version, guild, `member:guild`. */
export interface Store {
  readonly consents: Repository<ConsentRecord>;
  readonly calibrations: Repository<CalibrationRecord>;
  readonly questions: Repository<QuestionsRecord>;
  readonly profiles: Repository<ProfileRecord>;
  readonly comparisons: Repository<ComparisonRecord>;
  readonly ballots: Repository<BallotRecord>;
  readonly replies: Repository<ReplyRecord>;
  readonly usage: Repository<UsageRecord>;
  readonly dayCounts: Repository<DayCountRecord>;
  readonly departures: Repository<DepartureRecord>;
  readonly models: Repository<ModelRecord>;
  readonly currentModels: Repository<CurrentModelRecord>;
  readonly settings: Repository<SettingsRecord>;
  readonly trials: Repository<TrialRecord>;
  close(): Promise<void>;
}

/**
 * Opens the SQLite file of `url` (`sqlite://PATH`), creating it and its folder when needed.
 * `onError` hears of errors that no caller waits for. Throws {@link StoreError}.
 */
export async function openStore(url: string, onError: (error: unknown) => void): Promise<Store> {
  const path = url.replace(/^sqlite:\/\//, "");
  try {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    const adapter = new KeyvSqlite({ uri: url, table: "attune", busyTimeout: BUSY_TIMEOUT_MS });
    adapter.on("error", onError);
    // Every namespace listens for errors of the one connection.
    adapter.setMaxListeners(0);
    // WAL lets reads go on beside a write; NORMAL survives a killed process, and costs no sync a vote.
    await adapter.query("PRAGMA journal_mode = WAL");
    await adapter.query("PRAGMA synchronous = NORMAL");
    return repositories(adapter, onError);
  } catch (cause) {
    throw new StoreError(
      `Could not open the store ${url}: check STORE_URL, its folder's permissions and free disk space.`,
      { cause },
    );
  }
}

function repositories(adapter: KeyvSqlite, onError: (error: unknown) => void): Store {
  const repository = <Value>(namespace: string) =>
    new Repository<Value>(adapter, namespace, onError);
  return {
    consents: repository("consent"),
    calibrations: repository("calibration"),
    questions: repository("questions"),
    profiles: repository("profile"),
    comparisons: repository("comparison"),
    ballots: repository("ballot"),
    replies: repository("reply"),
    usage: repository("usage"),
    dayCounts: repository("day-count"),
    departures: repository("departure"),
    models: repository("model"),
    currentModels: repository("current-model"),
    settings: repository("settings"),
    trials: repository("trial"),
    close: () => adapter.disconnect(),
  };
}
