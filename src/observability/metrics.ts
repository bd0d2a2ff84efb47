/**
 * What Attune counts and measures about itself, for Prometheus. Knows numbers and fixed labels; no
 * member, no server, no text. `docs/metrics.md` lists every metric.
 */
import { Registry } from "prom-client";
import { GENERATION_FAILURES } from "../conversation/candidates/failure-sentences.js";
import { Instruments, NETWORK_SECONDS, OWN_SECONDS, TRAINING_SECONDS } from "./instruments.js";

/** A shard's connection. */
export interface ShardReading {
  readonly id: number;
  /** Whether its events arrive. */
  readonly isReady: boolean;
  /** Round trip of the last heartbeat. */
  readonly pingSeconds: number | undefined;
}

/** Asked at every scrape; undefined if there is no value. */
export interface Readings {
  /** Whether events of Discord should arrive: not at a trainer, nor while another process has the shards. */
  gatewayNeeded: () => boolean;
  gatewayReady: () => boolean | undefined;
  /** Of this process; none before it has connected. */
  shards: () => readonly ShardReading[];
  /** Round trip of the last heartbeat. */
  gatewayPingSeconds: () => number | undefined;
  /** Ballots in the store. */
  ballotsKept: () => Promise<number | undefined>;
  /** Questions that wait for their turn at the language model. */
  languageModelWaiting: () => number | undefined;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** All metrics, in a registry of their own, at zero. */
export function createMetrics() {
  const registry = new Registry();
  const readings: Readings = {
    gatewayNeeded: () => true,
    gatewayReady: () => undefined,
    shards: () => [],
    gatewayPingSeconds: () => undefined,
    ballotsKept: async () => undefined,
    languageModelWaiting: () => undefined,
  };
  const make = new Instruments(registry);
  return {
    registry,
    readings,
    ...conversation(make),
    ...languageModel(make, readings),
    ...voting(make, readings),
    ...computing(make),
    ...discord(make, readings),
    ...storing(make),
    logEvents: make.table(
      "attune_log_events_total",
      "Events of the log, as far as LOG_LEVEL lets them through",
      ["event", "level"],
    ),
  };
}

function conversation(make: Instruments) {
  return {
    replies: make.counter("attune_replies_total", "Answers to messages, by kind", "kind", [
      ...["answer", "ballot", "refused", "failed", "abandoned"],
    ]),
    replyOwnSeconds: make.histogram(
      "attune_reply_own_seconds",
      "From the arrival of a message until its answer can be sent, without making the candidates",
      OWN_SECONDS,
    ),
    firstWordsSeconds: make.histogram(
      "attune_first_words_seconds",
      "From the arrival of a message until the first words of an answer that grows can be read",
      NETWORK_SECONDS,
    ),
  };
}

function languageModel(make: Instruments, readings: Readings) {
  return {
    generations: make.counter(
      "attune_generations_total",
      "Sets of candidates asked for, by outcome",
      "outcome",
      ["done", ...GENERATION_FAILURES],
    ),
    generationSeconds: make.histogram(
      "attune_generation_seconds",
      "How long the candidates of one answer took",
      NETWORK_SECONDS,
    ),
    candidates: make.counter(
      "attune_candidates_total",
      "Candidates asked for, by whether they came",
      "outcome",
      ["given", "missing"],
    ),
    languageModelRequests: make.total(
      "attune_language_model_answered_requests_total",
      "Requests that the language model answered",
    ),
    languageModelTokens: make.counter(
      "attune_language_model_tokens_total",
      "Tokens of the language model's server, by kind",
      "kind",
      ["input", "output", "embedding"],
    ),
    languageModelWaiting: make.reading(
      "attune_language_model_waiting",
      "Questions that wait for their turn",
      async () => readings.languageModelWaiting(),
    ),
  };
}

function voting(make: Instruments, readings: Readings) {
  return {
    votes: make.counter(
      "attune_votes_total",
      "Votes on ballots and in calibrations, by what was done",
      "change",
      ["cast", "changed", "withdrawn"],
    ),
    anotherAnswers: make.counter(
      "attune_another_answers_total",
      "Answers to which another one was asked for, by what became of them",
      "step",
      ["shown", "chosen", "lapsed"],
    ),
    ballots: make.counter("attune_ballots_total", "Ballots, by what became of them", "change", [
      "opened",
      "closed",
      "expired",
    ]),
    ballotsKept: make.reading("attune_ballots_kept", "Ballots that can be voted on", () =>
      readings.ballotsKept(),
    ),
    retrainings: make.counter("attune_retrainings_total", "Retrainings, by verdict", "verdict", [
      "adopted",
      "kept",
      "refused",
      "failed",
    ]),
    retrainingSeconds: make.histogram(
      "attune_retraining_seconds",
      "How long a retraining took that was not refused",
      TRAINING_SECONDS,
    ),
  };
}

function computing(make: Instruments) {
  return {
    computeCalls: make.table(
      "attune_compute_calls_total",
      "Calls of the worker threads, by verb and outcome",
      ["verb", "outcome"],
    ),
    computeSeconds: make.histogram(
      "attune_compute_seconds",
      "How long an interactive call took, the wait for a thread included",
      OWN_SECONDS,
      ["verb"],
    ),
    computeInHand: make.gauge(
      "attune_compute_in_hand",
      "Calls that wait for a thread or run in one, by pool",
      ["pool"],
    ),
    computeThreads: make.gauge("attune_compute_threads", "Threads for interactive calls"),
  };
}

function discord(make: Instruments, readings: Readings) {
  return {
    gatewayReady: make.reading(
      "attune_gateway_ready",
      "1 while events of Discord arrive, else 0",
      async () => asNumber(readings.gatewayReady()),
    ),
    gatewayPing: make.reading(
      "attune_gateway_ping_seconds",
      "Round trip of the last heartbeat",
      async () => readings.gatewayPingSeconds(),
    ),
    shardReady: make.readings(
      "attune_shard_ready",
      "1 while events of the shard arrive, else 0",
      "shard",
      () => readings.shards().map(({ id, isReady }) => [id, Number(isReady)] as const),
    ),
    shardPing: make.readings(
      "attune_shard_ping_seconds",
      "Round trip of the shard's last heartbeat",
      "shard",
      () => readings.shards().map(({ id, pingSeconds }) => [id, pingSeconds] as const),
    ),
    shardEvents: make.table("attune_shard_events_total", "Events that Discord sent", ["shard"]),
    gatewayChanges: make.counter(
      "attune_gateway_changes_total",
      "Changes of the connection to Discord",
      "change",
      ["ready", "resumed", "reconnecting", "disconnected"],
    ),
    discordRequests: make.counter(
      "attune_discord_requests_total",
      "Requests to Discord by status, or error where no answer came",
      "status",
      ["200", "429", "error"],
    ),
    discordRequestSeconds: make.histogram(
      "attune_discord_request_seconds",
      "How long Discord took to answer a request",
      NETWORK_SECONDS,
    ),
    discordWaits: make.counter(
      "attune_discord_rate_limit_waits_total",
      "Requests held back until a rate limit of Discord allows them",
      "scope",
      ["route", "global"],
    ),
  };
}

function storing(make: Instruments) {
  return {
    storeErrors: make.counter(
      "attune_store_errors_total",
      "Calls of the store that failed, by operation",
      "operation",
      ["get", "set", "delete", "deleteMany", "entries"],
    ),
    storeSeconds: make.histogram(
      "attune_store_seconds",
      "How long a call of the store took, scans apart",
      OWN_SECONDS,
      ["operation"],
    ),
  };
}

function asNumber(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
