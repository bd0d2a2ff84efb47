/**
 * Where a line stands that says that an answer is being written, noted for as long as it stands there: by
 * the ids of the message below which it is, and of its channel. Knows no members.
 */
import type { Clock } from "../../shared/time.js";
import type { PendingLineRecord } from "../../store/records.js";
import type { Store } from "../../store/store.js";
import { unlessStoreIsDown } from "../../store/unless-store-is-down.js";

export interface PendingLinesParts {
  readonly store: Pick<Store, "pendingLines">;
  readonly clock: Clock;
}

export class PendingLines {
  /** Those of this process. */
  readonly #own = new Set<string>();

  constructor(private readonly parts: PendingLinesParts) {}

  /** A line is about to stand below `belowId`. False if that can't be noted. */
  async note(
    belowId: string,
    place: Pick<PendingLineRecord, "channelId" | "guildId">,
  ): Promise<boolean> {
    this.#own.add(belowId);
    const { clock, store } = this.parts;
    const noting = store.pendingLines.set(belowId, { ...place, at: clock() });
    return (await unlessStoreIsDown(noting.then(() => true))) === true;
  }

  /** The line below `belowId` is gone, or has become something else. */
  async forget(belowId: string): Promise<void> {
    this.#own.delete(belowId);
    await unlessStoreIsDown(this.parts.store.pendingLines.delete(belowId));
  }

  /** Nothing is done about the line below `belowId` by this process any more; it stays noted. */
  leave(belowId: string): void {
    this.#own.delete(belowId);
  }

  /** Lines that nobody in this process takes care of. */
  async left(): Promise<[belowId: string, line: PendingLineRecord][]> {
    const left: [string, PendingLineRecord][] = [];
    for await (const entry of this.parts.store.pendingLines.entries()) {
      if (!this.#own.has(entry[0])) left.push(entry);
    }
    return left;
  }
}
