/**
 * What clients of a store asked for and were told, as transactions over lists, in the list-append form
 * that Jepsen's checker Elle reads. Knows no store and no vote.
 */

/** Adds `value`, which nobody else ever adds to any list, at the end of the list `key`. */
export interface Append {
  readonly kind: "append";
  readonly key: number;
  readonly value: number;
}

/** Reads the list `key`; `list` is what was read, missing where nobody knows. */
export interface Read {
  readonly kind: "read";
  readonly key: number;
  readonly list?: readonly number[];
}

export type Step = Append | Read;

/**
 * How a transaction ended: done, not done, or nobody knows, as when the connection or the process was lost
 * before an answer.
 */
export type Ending = "ok" | "fail" | "info";

export interface Transaction {
  /** Who asked: one thing at a time, and nothing more after an ending that nobody knows. */
  readonly process: number;
  readonly steps: readonly Step[];
  readonly ending: Ending;
  /** Places in the history: one clock over all processes. */
  readonly begun: number;
  /** Infinity where nobody knows whether it is over. */
  readonly ended: number;
}

interface Event {
  readonly type: "invoke" | Ending;
  readonly process: number;
  readonly steps: readonly Step[];
  readonly timeNs: number;
}

/** Is told of each transaction when it begins and when it ends. */
export class History {
  readonly #events: Event[] = [];
  readonly #transactions: Transaction[] = [];
  readonly #open = new Map<symbol, Omit<Transaction, "ending" | "ended">>();
  readonly #startedAt = performance.now();

  /** Returns what to call when it ends, with what was read; a second call changes nothing. */
  begin(process: number, steps: readonly Step[]): (ending: Ending, done?: readonly Step[]) => void {
    const id = Symbol("transaction");
    const begun = this.#note("invoke", process, steps);
    this.#open.set(id, { process, steps, begun });
    return (ending, done = steps) => {
      if (!this.#open.delete(id)) return;
      const ended = this.#note(ending, process, done);
      const over = ending === "info" ? Number.POSITIVE_INFINITY : ended;
      this.#transactions.push({ process, steps: done, ending, begun, ended: over });
    };
  }

  /** All transactions; of those that have not ended nobody knows. */
  get transactions(): readonly Transaction[] {
    const unknown = [...this.#open.values()].map(
      (open): Transaction => ({ ...open, ending: "info", ended: Number.POSITIVE_INFINITY }),
    );
    return [...this.#transactions, ...unknown];
  }

  /** One event a line, as `elle-cli --model list-append` takes them. */
  toEdn(): string {
    const line = ({ type, process, steps, timeNs }: Event, index: number) =>
      `{:index ${index}, :time ${timeNs}, :type :${type}, :process ${process}, :f :txn, :value [${steps.map(stepToEdn).join(" ")}]}\n`;
    return this.#events.map(line).join("");
  }

  #note(type: Event["type"], process: number, steps: readonly Step[]): number {
    const timeNs = Math.round((performance.now() - this.#startedAt) * 1_000_000);
    return this.#events.push({ type, process, steps, timeNs }) - 1;
  }
}

function stepToEdn(step: Step): string {
  if (step.kind === "append") return `[:append ${step.key} ${step.value}]`;
  return `[:r ${step.key} ${step.list === undefined ? "nil" : `[${step.list.join(" ")}]`}]`;
}
