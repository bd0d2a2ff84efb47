/** What the processes of the load tell each other, apart from the traffic itself. */
import type { Choice } from "../../store/records.js";

/** The first thing that a server says. */
export interface Listening {
  readonly kind: "listening";
  readonly port: number;
}

/** Asks the language model what it has done. */
export interface ModelCommand {
  readonly kind: "report";
}

export interface ModelReport {
  readonly kind: "spent";
  readonly requests: number;
  /** Milliseconds by the number of the message. */
  readonly spent: readonly (readonly [number: number, ms: number])[];
}

/** Tells the loopback Discord to begin; it ends by itself. */
export interface TrafficCommand {
  readonly kind: "begin";
  /** The bot's processes, which do not outlive this one's parent. */
  readonly botProcesses: readonly number[];
  /** The load goes on for so long before that. */
  readonly warmUp: number;
  readonly seconds: number;
  readonly messages: number;
  readonly reactions: number;
  /** On servers where nobody speaks to the bot. */
  readonly events: number;
}

export interface SentMessage {
  readonly number: number;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** From the event to the first answer, in milliseconds; undefined if none came. */
  readonly ms: number | undefined;
  readonly answers: number;
  /** Whether the answer is one, and no sentence about a failure. */
  readonly served: boolean;
}

export interface SentVotes {
  readonly ballotId: string;
  readonly member: number;
  /** The last choice that stands; undefined if all were taken back. */
  readonly choice: Choice | undefined;
}

export interface TrafficReport {
  readonly kind: "traffic";
  readonly messages: readonly SentMessage[];
  readonly ballots: number;
  /** Of the ballots that were voted on. */
  readonly votes: readonly SentVotes[];
  /** From the last reaction on a ballot to the message that shows it, in milliseconds; after the warm-up. */
  readonly votesShownMs: readonly number[];
  /** All reactions, the bot's own not among them. */
  readonly reactions: number;
  /** Requests of the bot, and its gateway sessions: more than it has shards means that one was lost. */
  readonly requests: number;
  readonly connections: number;
  readonly seconds: number;
}

/** Serves the parent process: says that it listens, answers commands, ends when the parent is gone. */
export function serve<Command, Report>(
  listening: Listening,
  onCommand: (command: Command, report: (message: Report) => void) => void,
  onParentGone: () => void = () => undefined,
): void {
  process.on("message", (command) => onCommand(command as Command, (report) => tell(report)));
  process.on("disconnect", () => {
    onParentGone();
    process.exit(0);
  });
  // An interrupt in the terminal goes to all processes; the parent decides when this one ends.
  process.on("SIGINT", () => undefined);
  tell(listening);
}

function tell(message: unknown): void {
  process.send?.(message as object);
}
