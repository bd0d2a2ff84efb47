/** Opens the store: one engine behind Keyv, by the address of the store, and one repository for each namespace. */

import { isPostgresUrl } from "../shared/environment/store-url.js";
import type { Clock } from "../shared/time.js";
import type { Condition } from "./condition.js";
import { Deletion } from "./deletion.js";
import type { Engine, Write, WriteOptions } from "./engine.js";
import { MOVING } from "./move/move-end.js";
import type { OpenedEngine, OpenOptions } from "./opened-engine.js";
import { ParsedTexts } from "./parsed-texts.js";
import type { ReadCache } from "./read-cache.js";
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
  MessageClaimRecord,
  ModelRecord,
  PendingLineRecord,
  ProfileRecord,
  QuestionsRecord,
  SettingsRecord,
  TrainingRunRecord,
  TrialRecord,
  TurnRecord,
  UsageRecord,
} from "./records.js";
import type { ReplyRecord } from "./reply-record.js";
import { Repository } from "./repository.js";
import { openSqlite } from "./sqlite/open-sqlite.js";
import { DamagedRecordError, StoreError } from "./store-error.js";
import { StoreHealth, writeTogether } from "./store-health.js";
import type { Lives } from "./tombstones.js";

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
  /** By message. */
  readonly messageClaims: Repository<MessageClaimRecord>;
  /** By scope. */
  readonly trainingRuns: Repository<TrainingRunRecord>;
  readonly trials: Repository<TrialRecord>;
  /** By what is done. */
  readonly turns: Repository<TurnRecord>;
  /** Whether no other process writes to it. */
  readonly alone: boolean;
  /**
   * Calls `listener` right after any process has let other base rewards answer, and perhaps more often;
   * returns what ends that. Left out where the database tells nobody.
   */
  readonly onSwitch?: (listener: () => void) => () => void;
  readonly health: StoreHealth;
  /** For `permitFor`. */
  readonly tombstones: Lives;
  /** Deletes so that no byte stays. */
  readonly deletion: Deletion;
  /**
   * Does all of `writes` or none of them; false, and none, if `condition` does not hold at the
   * moment of the write. Throws {@link StoreError}.
   */
  writeTogether(
    writes: readonly Write[],
    condition?: Condition,
    options?: WriteOptions,
  ): Promise<boolean>;
  /** Deletes old copies of the store that were made automatically. Returns how many. */
  purgeCopies(clock: Clock): number;
  close(): Promise<void>;
}

/**
 * Opens the store of `url`, the SQLite file of `sqlite://PATH` or the database of `postgres://…`, makes
 * it when needed, and brings an older one up to date. `onError` is called with damaged records, and with errors that no
 * caller waits for. Throws `StoreError`, `StoreInUseError` and `NewerStoreError`.
 */
export async function openStore(
  url: string,
  onError: (error: unknown) => void,
  options: OpenOptions = {},
): Promise<Store> {
  const opened = await openEngine(url, onError, options);
  const { engine } = opened;
  const health = new StoreHealth(engine);
  const report = reporter(health, onError);
  const write: Store["writeTogether"] = (...asked) => writeTogether(engine, health, ...asked);
  const deleter = opened.start({
    remove: async (keys) => void (await write(keys.map((key) => ({ key, text: null })))),
    failed: (cause) => health.failed(cause),
    failure: (what, cause) => health.failure(what, cause),
    onError: report,
  });
  return {
    ...repositories(engine, health, report, opened.cache),
    alone: opened.alone,
    ...(opened.onSwitch && { onSwitch: opened.onSwitch }),
    health,
    tombstones: opened.lives,
    deletion: new Deletion({
      engine: {
        rows: (...asked) =>
          engine.rows(...asked).catch((cause) => {
            throw health.failure("read from the store", cause);
          }),
      },
      deleter,
      onError: (error) => report(health.isOutage(error) ? health.failed(error) : error),
    }),
    writeTogether: write,
    purgeCopies: opened.purgeCopies,
    close: async () => {
      health.stop();
      await opened.close();
    },
  };
}

async function openEngine(...parameters: Parameters<typeof openSqlite>): Promise<OpenedEngine> {
  const opened = await openEither(...parameters);
  if ((await opened.engine.get(MOVING)) === undefined) return opened;
  await opened.close();
  throw new StoreError(
    'The store is only partly there, since a move to it was broken off: run "npm run store -- move" again, and it goes on.',
  );
}

/** PostgreSQL's client is loaded only where it is used. */
async function openEither(...parameters: Parameters<typeof openSqlite>): Promise<OpenedEngine> {
  if (!isPostgresUrl(parameters[0])) return openSqlite(...parameters);
  const { openPostgres } = await import("./postgres/open-postgres.js");
  return openPostgres(...parameters);
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

/** Small records that stay the same while each message asks for them. */
const READ_OFTEN: ReadonlySet<Namespace> = new Set(["consent", "settings", "profile"]);

function repositories(
  engine: Engine,
  health: StoreHealth,
  onError: (error: unknown) => void,
  cache: ReadCache | undefined,
): Omit<
  Store,
  | "alone"
  | "onSwitch"
  | "health"
  | "tombstones"
  | "deletion"
  | "writeTogether"
  | "purgeCopies"
  | "close"
> {
  engine.on("error", onError);
  const parsed = cache === undefined ? new ParsedTexts() : undefined;
  const repository = <Name extends Namespace>(namespace: Name) =>
    new Repository<RecordOf[Name]>({
      engine,
      namespace,
      health,
      onError,
      cache,
      ...(READ_OFTEN.has(namespace) && { parsed }),
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
    messageClaims: repository("message-claim"),
    trainingRuns: repository("training-run"),
    trials: repository("trial"),
    turns: repository("turn"),
  };
}
