/** The versions of the base rewards as a table for the terminal. No store: records come in. */
import Table from "cli-table3";
import { isStarterVersion, nameOfVersion, STARTER_VERSION } from "../../models/rewards/starter.js";
import type { HeldOutRecord, ModelRecord } from "../store/records.js";

export interface VersionTableContent {
  /** Oldest first. */
  readonly records: readonly ModelRecord[];
  /** Which version answers in each scope. */
  readonly answering: ReadonlyMap<string, string>;
}

const HEAD = [
  "version",
  "learned",
  "base rewards",
  "held-out votes, before → after",
  "answers now",
];
const BASE_REWARDS_WIDTH = 34;
const UNKNOWN = "–";

/** One row for each version, the newest first, the starter last. */
export function versionTable({ records, answering }: VersionTableContent): string {
  const table = new Table({
    head: HEAD,
    style: { head: [], border: [] },
    colWidths: [null, null, BASE_REWARDS_WIDTH],
    wordWrap: true,
  });
  for (const record of [...records].reverse()) {
    table.push([
      record.version,
      learned(record),
      baseRewards(record),
      heldOut(record),
      scopesOf((version) => version === record.version, answering),
    ]);
  }
  table.push([
    STARTER_VERSION,
    "nothing",
    "readable styles",
    "",
    scopesOf(isStarterVersion, answering),
  ]);
  return table.toString();
}

function learned({ at, encoderId, parent, scope, training }: ModelRecord): string {
  return [
    `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`,
    `scope: ${scope ?? UNKNOWN}`,
    `after: ${nameOfVersion(parent)}`,
    `features: ${encoderId}`,
    ...(training === undefined
      ? []
      : [
          `${training.comparisons} votes, ${training.members} members`,
          `in ${training.seconds.toFixed(1)} s`,
        ]),
  ].join("\n");
}

function baseRewards({ rank, axes }: ModelRecord): string {
  return `${rank}: ${axes.map(({ name }) => name).join("; ")}`;
}

function heldOut({ heldOut: { before, after, gain } }: ModelRecord): string {
  const right = (figures: HeldOutRecord) => (100 * figures.accuracy).toFixed(1);
  const nats = (value: number) => value.toFixed(4);
  return [
    `${after.comparisons} votes, ${after.members} members`,
    `right: ${right(before)} → ${right(after)} %`,
    `log-likelihood: ${nats(before.logLikelihood)} → ${nats(after.logLikelihood)}`,
    ...(gain === undefined
      ? []
      : [`gain: ${nats(gain.mean)} (${nats(gain.low)} to ${nats(gain.high)})`]),
  ].join("\n");
}

function scopesOf(
  isIt: (version: string) => boolean,
  answering: ReadonlyMap<string, string>,
): string {
  return [...answering]
    .filter(([, version]) => isIt(version))
    .map(([scope]) => scope)
    .join("\n");
}
