/**
 * What a record of each namespace must look like, how it is turned into text and back, and what a
 * damaged one counts as. Checks the shape that the code relies on and no more: what a later version
 * adds is let through. Knows no database.
 */
import { z } from "zod";
import { PERSONAL_SHARES } from "../../models/rewards/personal-share.js";
import { STEERABLE_AXES } from "../../models/steering/steerable-axes.js";
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
import { anotherSchema, type ReplyRecord } from "./reply-record.js";
import { DamagedRecordError } from "./store-error.js";

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const features = z.string().regex(/^[-+.0-9e]+:[A-Za-z0-9+/]*={0,2}$/);
const count = z.number().min(0);
const at = z.number();
const member = { guildId: z.string(), memberId: z.string() };
const axis = z.object({ name: z.string(), low: z.string(), high: z.string() });
const choice = z.enum(["a", "b", "tie", "neither"]);
const source = z.enum(["chat", "deck", "nudge", "another"]);

const profile = z.object({
  weights: base64,
  cholesky: base64,
  votes: count,
  modelVersion: z.string(),
  stale: z.boolean(),
  votedWords: z.union([z.tuple([]), z.tuple([z.number(), z.number()])]).exactOptional(),
  updatedAt: at,
});

const comparison = z.object({
  a: features,
  b: features,
  outcome: z.literal([0, 0.5, 1]),
  weight: count,
  encoder: z.string(),
  firstShown: z.enum(["a", "b", "neither"]),
  source,
  trains: z.boolean(),
  at,
});

const steerable = z.enum(STEERABLE_AXES);
const manner = z.object({
  kind: z.enum(["plain", "exploit", "explore", "contrast"]),
  directives: z.array(
    z.object({
      axis: steerable,
      pole: z.literal([-1, 1]),
      dose: z.literal([1, 2, 3]),
      words: count.exactOptional(),
    }),
  ),
});
const doseSums = z.object({
  count,
  doseSquares: count,
  products: z.number(),
  responseSquares: count,
});

const candidate = z.object({ text: z.string(), features, manner: manner.exactOptional() });
const ballot = z.object({
  ...member,
  channelId: z.string(),
  comparisonId: z.string(),
  candidates: z.tuple([candidate, candidate]),
  alternative: z.string().exactOptional(),
  writtenBy: z.string().exactOptional(),
  encoder: z.string(),
  source,
  trains: z.boolean(),
  demonstration: z.boolean(),
  sealed: z.boolean().exactOptional(),
  sealedFor: z.string().exactOptional(),
  textsGone: z.boolean().exactOptional(),
  unposted: z.boolean().exactOptional(),
  unoffered: z.boolean().exactOptional(),
  byInteraction: z.boolean().exactOptional(),
  choices: z.array(choice),
  tapped: choice.exactOptional(),
  shown: choice.exactOptional(),
  followUpIds: z.array(z.string()),
  createdAt: at,
  expiresAt: at,
});

const hidden = z.object({
  units: count,
  inputWeights: base64,
  biases: base64,
  outputWeights: base64,
});
const heldOut = z.object({
  logLikelihood: z.number(),
  accuracy: z.number(),
  comparisons: count,
  members: count,
});
const recipe = z.object({
  from: z.enum(["nothing", "starter"]),
  target: z.enum(["independent", "start"]),
  shrinkage: count,
  rounds: count,
  shared: z.boolean(),
  rank: count,
  attenuated: z.boolean(),
  hiddenTurns: count,
  personalShare: z.literal(PERSONAL_SHARES),
});
const model = z.object({
  version: z.string(),
  parent: z.string(),
  scope: z.string().exactOptional(),
  encoderId: z.string(),
  rank: count,
  dimensions: count,
  weights: base64,
  hidden: hidden.exactOptional(),
  priorMean: z.array(z.number()),
  priorPrecision: z.array(z.number()),
  positionBias: z.number(),
  anotherAnswer: z.object({ positionBias: z.number(), scale: z.number() }).exactOptional(),
  differenceVariances: z.array(z.number()).exactOptional(),
  personalShare: z.literal(PERSONAL_SHARES).exactOptional(),
  recipe: recipe.exactOptional(),
  axes: z.array(axis),
  heldOut: z.object({ before: heldOut, after: heldOut }),
  at,
});

const calibration = z.object({
  language: z.string(),
  asked: z.number(),
  answered: count,
  used: z.array(z.string()),
  current: z
    .object({ promptId: z.string(), a: z.number(), b: z.number(), comparisonId: z.string() })
    .exactOptional(),
});

const open = z.object({
  at,
  messageId: z.string().exactOptional(),
  sinceBefore: z.number().exactOptional(),
});

const settings = z.object({
  questionsPerDay: count.exactOptional(),
  channelIds: z.array(z.string()).exactOptional(),
  pooledTraining: z.boolean().exactOptional(),
  reportChannelId: z.string().exactOptional(),
  language: z.string().exactOptional(),
  places: z
    .record(
      z.string(),
      z.object({ persona: z.string().exactOptional(), model: z.string().exactOptional() }),
    )
    .exactOptional(),
});

/** The kinds of records, by namespace. */
export interface RecordOf {
  consent: ConsentRecord;
  calibration: CalibrationRecord;
  questions: QuestionsRecord;
  profile: ProfileRecord;
  comparison: ComparisonRecord;
  ballot: BallotRecord;
  reply: ReplyRecord;
  usage: UsageRecord;
  "day-count": DayCountRecord;
  "day-secret": DaySecretRecord;
  average: AverageRecord;
  departure: DepartureRecord;
  "encryption-key": EncryptionKeyRecord;
  model: ModelRecord;
  "current-model": CurrentModelRecord;
  settings: SettingsRecord;
  dose: DoseRecord;
  "pending-line": PendingLineRecord;
  "message-claim": MessageClaimRecord;
  "training-run": TrainingRunRecord;
  trial: TrialRecord;
  turn: TurnRecord;
}

export type Namespace = keyof RecordOf;

export const SCHEMAS: { readonly [Name in Namespace]: z.ZodType } = {
  consent: z.object({
    state: z.enum(["asked", "granted", "refused", "paused"]),
    pooled: z.boolean(),
    since: at.exactOptional(),
    wording: count.exactOptional(),
    askedWording: count.exactOptional(),
    withheld: z.array(steerable).exactOptional(),
    fast: z.boolean().exactOptional(),
    language: z.string().exactOptional(),
    at,
  }),
  calibration,
  questions: z.object({
    day: z.string(),
    count,
    earlier: z.object({ day: z.string(), count }).exactOptional(),
    since: z.number(),
    open: open.exactOptional(),
  }),
  profile,
  comparison,
  ballot,
  reply: z.object({
    ...member,
    tipped: z.array(z.object({ axis, amount: z.number() })),
    manner: manner.exactOptional(),
    runnerUp: z.string().exactOptional(),
    another: anotherSchema(candidate.omit({ text: true })).exactOptional(),
    expiresAt: at,
  }),
  usage: z.object({
    requests: count,
    inputTokens: count,
    outputTokens: count,
    embeddingTokens: count.exactOptional(),
  }),
  "day-count": z.object({ messages: count, ballots: count, tokens: count }),
  "day-secret": z.object({ secret: base64 }),
  average: z.object({
    day: z.string(),
    modelVersion: z.string(),
    marks: z.array(z.number()).exactOptional(),
  }),
  departure: z.object({ leftAt: at }),
  "encryption-key": z.object({ at }),
  model,
  "current-model": z.object({ version: z.string() }),
  settings,
  dose: z.object({
    axes: z.record(steerable, doseSums),
    plain: z.object({ count, logWords: count }),
    at,
  }),
  "pending-line": z.object({ channelId: z.string(), guildId: z.string().exactOptional(), at }),
  "message-claim": z.object({ at, claimant: z.string().exactOptional() }),
  "training-run": z.object({
    job: z.string(),
    madeAt: at,
    attempt: count,
    done: z.number(),
    stage: z.string(),
  }),
  trial: z.object({ at }),
  turn: z.object({ at }),
};

/**
 * What a damaged record counts as until it is written again or restored: whatever takes the least
 * from its member. Most count as missing.
 */
export const DAMAGED: { readonly [Name in Namespace]?: RecordOf[Name] } = {
  // Refitted from the comparisons.
  profile: { weights: "", cholesky: "", votes: 0, modelVersion: "", stale: true, updatedAt: 0 },
  // Nothing is learned, and nobody is asked again who may have said no.
  consent: { state: "asked", pooled: false, at: 0 },
  // The admin may have said no.
  settings: { pooledTraining: false },
};

/** As Keyv writes a value. */
export function textOfRecord(value: unknown): string {
  return JSON.stringify({ value });
}

/** The record in `text`, checked by `schema`. Throws {@link DamagedRecordError} with `key`. */
export function recordOfText<Value>(
  key: string,
  text: string | Buffer | null,
  schema: z.ZodType,
): Value {
  try {
    const { value } = JSON.parse(text?.toString() ?? "") as { value: Value };
    schema.parse(value);
    return value;
  } catch (cause) {
    throw new DamagedRecordError(key, cause);
  }
}

/** Whether {@link recordOfText} refuses the text. */
export function isDamaged(key: string, text: string | Buffer | null, schema: z.ZodType): boolean {
  try {
    recordOfText(key, text, schema);
    return false;
  } catch (error) {
    if (error instanceof DamagedRecordError) return true;
    throw error;
  }
}
