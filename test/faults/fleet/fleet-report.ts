/** What a run of several processes reports. */
import type { Fleet } from "./fleet.js";
import type { FleetWorld } from "./fleet-world.js";
import type { Losses } from "./losses.js";

export interface FleetReport {
  /** How often each trouble came. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly questions: number;
  /** Questions that fell with the process that had taken them. */
  readonly fallen: number;
  readonly ballots: number;
  /** Votes, changes and retractions that were acknowledged. */
  readonly acknowledged: number;
  /** Members' last acts that a fault came before, and how many of them counted after all. */
  readonly interrupted: number;
  readonly interruptedAndKept: number;
  /** Members whose deletion was confirmed; and deletions that a fault came before. */
  readonly deleted: number;
  readonly unconfirmed: number;
  readonly trainings: number;
  readonly adopted: number;
  /** Of the history: votes and those of which nobody knows, and reads; and reads that failed. */
  readonly appends: number;
  readonly unknown: number;
  readonly reads: number;
  readonly unread: number;
  /** What failovers to a standby that was behind have lost. */
  readonly lost: Losses;
  /** Processes that ended without being told to, and were started again. */
  readonly ended: readonly string[];
  /** Lines of the logs that say that something failed. */
  readonly errors: number;
  /** What was lost, doubled, stuck, wrong or back. */
  readonly wrong: readonly string[];
  /** The history in Elle's form. */
  readonly history: string;
  /** The folder with the logs, the requests and the ballots of the round that left it so. */
  readonly evidence?: string;
}

export interface ReportParts {
  readonly troubles: Readonly<Record<string, number>>;
  readonly world: FleetWorld;
  readonly fleet: Fleet;
  readonly wrong: readonly string[];
  readonly history: string;
  readonly evidence: string | undefined;
}

export function reportOf({ troubles, world, fleet, wrong, history, evidence }: ReportParts) {
  const { votes, questions, leaving, training } = world;
  const report: FleetReport = {
    troubles,
    questions: questions.asked,
    fallen: questions.fallen,
    ballots: votes.count,
    acknowledged: votes.acknowledged,
    interrupted: votes.interrupted,
    interruptedAndKept: votes.interruptedAndKept,
    deleted: leaving.count,
    unconfirmed: leaving.unconfirmed,
    trainings: training.begun,
    adopted: training.adopted,
    ...world.history.counts(),
    unread: world.unread,
    lost: world.losses,
    ended: fleet.ended,
    errors: fleet.errors,
    wrong,
    history,
    ...(evidence !== undefined && { evidence }),
  };
  return report;
}
