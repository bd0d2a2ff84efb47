/** How a SQLite store deletes: tombstones in their file, rows in the table, and then the bytes. */
import { statSync } from "node:fs";
import { DELETIONS_DONE, deletionsDone, writesOfTombstones } from "../apply-tombstones.js";
import type { Deleter, DeleterParts, Removing, Subject } from "../deleter.js";
import type { Write } from "../engine.js";
import { textOfRecord } from "../record-schemas.js";
import type { MemberKey } from "../records.js";
import type { BatchedSqlite } from "./batched-sqlite.js";
import type { Erasure } from "./erasure.js";
import type { TombstoneFile } from "./tombstone-file.js";

/** The key of the record that says of how many tombstones the bytes are overwritten, too. */
const DELETIONS_ERASED = "deletions-erased:all";
/** A start waits until the bytes are overwritten in a file up to this size: some tenths of a second. */
const SMALL_BYTES = 64 * 1024 * 1024;

export class FileDeleter implements Deleter {
  /** Of how many tombstones the rows are gone, and were when the last finished erasure began. */
  #settled = 0;
  #erased = 0;
  #erasing = 0;
  #allErased = true;

  constructor(
    private readonly engine: BatchedSqlite,
    private readonly tombstones: TombstoneFile,
    private readonly erasure: Erasure,
    private readonly parts: DeleterParts,
  ) {}

  async lastTime(member: MemberKey): Promise<number> {
    return this.tombstones.lastTime(member);
  }

  async deletedAt(member: MemberKey): Promise<number> {
    return this.tombstones.index?.deletionOf(member)?.at ?? 0;
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
  async erase(traces: readonly string[]): Promise<void> {
    const settled = this.#settled;
    this.#erasing++;
    try {
      await this.erasure.erase(traces);
      this.#erased = Math.max(this.#erased, settled);
    } catch (error) {
      this.#allErased = false;
      if (!this.erasure.isStopped) throw error;
    } finally {
      this.#erasing--;
    }
    if (this.#erasing === 0 && this.#allErased) {
      await this.engine.write([deletionsErased(this.#erased)]);
    }
  }

  async settle(): Promise<void> {
    const { count } = this.tombstones;
    await this.engine.write([deletionsDone(count)]);
    this.#settled = count;
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
  path: string,
  engine: BatchedSqlite,
  { count, index }: TombstoneFile,
  erasure: Erasure,
  onError: (error: unknown) => void,
): Promise<void> {
  if (index === undefined) return;
  const done = deletionsDone(count);
  if ((await engine.get(DELETIONS_DONE)) !== done.text) {
    await engine.write(await writesOfTombstones(engine, index));
    await engine.write([done]);
  }
  const erased = deletionsErased(count);
  if ((await engine.get(DELETIONS_ERASED)) === erased.text) return;
  // The records are gone; bytes that can't be overwritten now are at the next start.
  const erasing = erasure
    .erase([])
    .then(() => engine.write([erased]))
    .catch((error: unknown) => {
      if (!erasure.isStopped) onError(error);
    });
  if (statSync(path).size <= SMALL_BYTES) await erasing;
}

function deletionsErased(count: number): Write {
  return { key: DELETIONS_ERASED, text: textOfRecord({ count }) };
}
