/** How a SQLite store deletes: tombstones in their file, rows in the table, and then the bytes. */
import { DELETIONS_DONE, deletionsDone, writesOfTombstones } from "../apply-tombstones.js";
import type { Deleter, DeleterParts, Removing, Subject } from "../deleter.js";
import type { MemberKey } from "../records.js";
import type { BatchedSqlite } from "./batched-sqlite.js";
import type { Erasure } from "./erasure.js";
import type { TombstoneFile } from "./tombstone-file.js";

export class FileDeleter implements Deleter {
  constructor(
    private readonly engine: BatchedSqlite,
    private readonly tombstones: TombstoneFile,
    private readonly erasure: Erasure,
    private readonly parts: DeleterParts,
  ) {}

  async lastTime(member: MemberKey): Promise<number> {
    return this.tombstones.lastTime(member);
  }

  async during<Result>(
    subjects: readonly Subject[],
    at: number,
    action: (removing: Removing) => Promise<Result>,
  ): Promise<Result> {
    const { engine, tombstones } = this;
    const ends: (() => void)[] = [];
    try {
      for (const [kind, id] of subjects) {
        ends.push(this.#noting(() => tombstones.begin(kind, id, at)));
      }
      // What was about to be written is written now; what comes after asks the tombstones.
      await engine.betweenWrites(async () => undefined);
      return await action({
        rows: (question, page) => engine.rows(question, page),
        keys: (question, page) => engine.keys(question, page),
        remove: this.parts.remove,
      });
    } finally {
      for (const end of ends) end();
    }
  }

  async note(kind: "refused" | "unpooled", member: MemberKey, at: number): Promise<void> {
    this.#noting(() => this.tombstones.note(kind, member, at));
  }

  /** Waits for readers in other processes, however long they take. */
  erase(traces: readonly string[]): Promise<void> {
    return this.erasure.erase(traces);
  }

  async settle(): Promise<void> {
    await this.engine.write([deletionsDone(this.tombstones.count)]);
  }

  #noting<Result>(note: () => Result): Result {
    try {
      return note();
    } catch (cause) {
      throw this.parts.failed(cause);
    }
  }
}

/** Repeats deletions that this file does not reflect: it is a backup, or the process was killed. */
export async function finishDeletions(
  engine: BatchedSqlite,
  { count, index }: TombstoneFile,
  erasure: Erasure,
  onError: (error: unknown) => void,
): Promise<void> {
  const done = deletionsDone(count);
  if (index === undefined || (await engine.get(DELETIONS_DONE)) === done.text) return;
  await engine.write(await writesOfTombstones(engine, index));
  try {
    await erasure.rewriteFile();
    await engine.write([done]);
  } catch (error) {
    // The records are gone; their bytes go at the next start, when there is room again.
    onError(error);
  }
}
