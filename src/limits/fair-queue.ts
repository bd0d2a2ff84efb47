/**
 * The waiting line of p-queue, fair between members: each in turn gets one, however many somebody
 * has waiting. Knows nothing of what waits.
 */
import type { Queue, QueueAddOptions } from "p-queue";

export type FairQueueOptions = QueueAddOptions & { readonly member: string };

type Run = () => Promise<unknown>;

interface Waiting {
  readonly id: string | undefined;
  readonly run: Run;
}

export class FairQueue implements Queue<Run, FairQueueOptions> {
  /** By member, in the order of their turns. */
  readonly #lines = new Map<string, Waiting[]>();

  get size(): number {
    let size = 0;
    for (const line of this.#lines.values()) size += line.length;
    return size;
  }

  enqueue(run: Run, { member = "", id }: Partial<FairQueueOptions> = {}): void {
    const line = this.#lines.get(member);
    if (line === undefined) this.#lines.set(member, [{ id, run }]);
    else line.push({ id, run });
  }

  /** The first of the member whose turn it is, who then goes to the end. */
  dequeue(): Run | undefined {
    const [member, line] = this.#lines.entries().next().value ?? [];
    if (member === undefined || line === undefined) return undefined;
    this.#lines.delete(member);
    const first = line.shift();
    if (line.length > 0) this.#lines.set(member, line);
    return first?.run;
  }

  /** All that wait of one member. */
  filter({ member = "" }: Readonly<Partial<FairQueueOptions>>): Run[] {
    return (this.#lines.get(member) ?? []).map(({ run }) => run);
  }

  remove(id: string): void {
    for (const [member, line] of this.#lines) {
      const left = line.filter((one) => one.id !== id);
      if (left.length === line.length) continue;
      if (left.length === 0) this.#lines.delete(member);
      else this.#lines.set(member, left);
    }
  }

  /** Turns take the place of priorities. */
  setPriority(): void {}
}
