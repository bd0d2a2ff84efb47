/** Opens the store: one SQLite file in WAL mode behind Keyv, one repository for each namespace. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "../shared/time.js";
import { deletionsDone, finishDeletions } from "./apply-tombstones.js";
import type { Condition } from "./condition.js";
import { Deletion } from "./deletion.js";
import type { Engine, Write } from "./engine.js";
import { PRIVATE_FOLDER_MODE } from "./private-file.js";
import { ReadCache } from "./read-cache.js";
import { DAMAGED, type Namespace, type RecordOf, SCHEMAS } from "./record-schemas.js";
import type {
  AverageRecord,
  BallotRecord,
  CalibrationRecord,
  ComparisonRecord,
  ConsentRecord,
  CurrentModelRecord,
  DayCountRecord,
  DaySecretRecord,
  DepartureRecord,
  DoseRecord,
  EncryptionKeyRecord,
  ModelRecord,
  PendingLineRecord,
  ProfileRecord,
  QuestionsRecord,
  SettingsRecord,
  TrialRecord,
  UsageRecord,
} from "./records.js";
import type { ReplyRecord } from "./reply-record.js";
import { Repository } from "./repository.js";
import { purgeCopies } from "./sqlite/backup.js";
import { BatchedSqlite } from "./sqlite/batched-sqlite.js";
import { startCheckpoints } from "./sqlite/checkpoints.js";
import { pathOfStore } from "./sqlite/database.js";
import { Erasure } from "./sqlite/erasure.js";
import { bringUpToDate, type MigrationStep } from "./sqlite/schema.js";
import { lockStore, type StoreLock } from "./sqlite/store-lock.js";
import { DamagedRecordError, StoreError } from "./store-error.js";
import { StoreHealth, writeTogether } from "./store-health.js";
import { Tombstones } from "./tombstones.js";

/** Everything that Attune stores. Keys: `guild:member`, `guild:member:ulid`, message, version, guild, `member:guild`. */
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
  readonly daySecrets: Repository<DaySecretRecord>;
  readonly averages: Repository<AverageRecord>;
  readonly departures: Repository<DepartureRecord>;
  readonly encryptionKeys: Repository<EncryptionKeyRecord>;
  readonly models: Repository<ModelRecord>;
  readonly currentModels: Repository<CurrentModelRecord>;
  readonly settings: Repository<SettingsRecord>;
  /** By language model. */
  readonly doses: Repository<DoseRecord>;
  /** By the message below which the line stands. */
  readonly pendingLines: Repository<PendingLineRecord>;
  readonly trials: Repository<TrialRecord>;
  readonly health: StoreHealth;
  readonly tombstones: Tombstones;
  /** Deletes so that no byte stays. */
  readonly deletion: Deletion;
  /**
   * Does all of `writes` or none of them; false, and none, if `condition` does not hold at the
   * moment of the write. Throws {@link StoreError}.
   */
  writeTogether(writes: readonly Write[], condition?: Condition): Promise<boolean>;
  /** Deletes old copies of the store that were made automatically. Returns how many. */
  purgeCopies(clock: Clock): number;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Keeps other bots and playgrounds away until the store is closed. */
  readonly alone?: boolean;
  /** Called after each step from an older version of the store. */
  readonly onMigrated?: (step: MigrationStep) => void;
}

/**
 * Opens the SQLite file of `url` (`sqlite://PATH`), creating it and its folder when needed, and
 * brings an older one up to date. `onError` is called with damaged records, and with errors that no
 * caller waits for. Throws {@link StoreError}, `StoreInUseError` and `NewerStoreError`.
 */
export async function openStore(
  url: string,
  onError: (error: unknown) => void,
  options: StoreOptions = {},
): Promise<Store> {
  const path = pathOfStore(url);
  let lock: StoreLock | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER_MODE });
    lock = options.alone ? await lockStore(path) : undefined;
    return await connect(url, onError, lock, options);
  } catch (cause) {
    await lock?.release();
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(
      `Could not open the store ${url}: check STORE_URL, the folder's permissions and free disk space; "npm run store -- check" says whether the file is damaged.`,
      { cause },
    );
  }
}

async function connect(
  url: string,
  onError: (error: unknown) => void,
  lock: StoreLock | undefined,
  { onMigrated = () => undefined }: StoreOptions,
): Promise<Store> {
  const path = pathOfStore(url);
  const tombstones = new Tombstones(path);
  const engine = await BatchedSqlite.open(url, tombstones);
  const erasure = new Erasure(path, engine);
  try {
    await bringUpToDate(path, engine.writer, lock, onMigrated);
    await engine.writer.all("PRAGMA wal_autocheckpoint = 0");
    if (lock !== undefined) {
      tombstones.compact();
      // What a migration or a killed process has left there.
      await erasure.tryToCutLog();
      await finishDeletions(engine, tombstones, erasure, onError);
    }
  } catch (error) {
    await engine.disconnect().catch(() => undefined);
    throw error;
  }
  const health = new StoreHealth(engine);
  const report = reporter(health, onError);
  const checkpoints = startCheckpoints(url, engine, report);
  // Only who holds the lock knows of every write.
  const cache = lock && new ReadCache();
  const write = async (writes: readonly Write[], condition?: Condition) => {
    try {
      return await writeTogether(engine, health, writes, condition);
    } finally {
      cache?.written(writes.map(({ key }) => key));
    }
  };
  const deletion = new Deletion({
    engine,
    tombstones,
    erasure,
    remove: async (keys) => void (await write(keys.map((key) => ({ key, text: null })))),
    settle: async () => void (await write([deletionsDone(tombstones)])),
    failed: (cause) => health.failed(cause),
    onError: (error) => report(health.isOutage(error) ? health.failed(error) : error),
  });
  return {
    ...repositories(engine, health, report, cache),
    health,
    tombstones,
    deletion,
    writeTogether: write,
    purgeCopies: (clock) => purgeCopies(path, clock),
    close: async () => {
      health.stop();
      await erasure.stop();
      await checkpoints.stop();
      await engine.disconnect();
      await lock?.release();
    },
  };
}

/** Passes on each damaged record once, and no outage: those are reported by the store's health. */
function reporter(
  health: StoreHealth,
  onError: (error: unknown) => void,
): (error: unknown) => void {
  const reported = new Set<string>();
  return (error) => {
    if (health.isOutage(error)) return;
    if (error instanceof DamagedRecordError) {
      if (reported.has(error.key)) return;
      reported.add(error.key);
    }
    onError(error);
  };
}

function repositories(
  engine: Engine,
  health: StoreHealth,
  onError: (error: unknown) => void,
  cache: ReadCache | undefined,
): Omit<Store, "health" | "tombstones" | "deletion" | "writeTogether" | "purgeCopies" | "close"> {
  engine.on("error", onError);
  const repository = <Name extends Namespace>(namespace: Name) =>
    new Repository<RecordOf[Name]>({
      engine,
      namespace,
      health,
      onError,
      // The command line restores versions while the bot runs.
      cache: namespace === "model" || namespace === "current-model" ? undefined : cache,
      schema: SCHEMAS[namespace],
      damaged: DAMAGED[namespace],
    });
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
    daySecrets: repository("day-secret"),
    averages: repository("average"),
    departures: repository("departure"),
    encryptionKeys: repository("encryption-key"),
    models: repository("model"),
    currentModels: repository("current-model"),
    settings: repository("settings"),
    doses: repository("dose"),
    pendingLines: repository("pending-line"),
    trials: repository("trial"),
  };
}
