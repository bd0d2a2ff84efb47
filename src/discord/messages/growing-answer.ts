/**
 * Shows an answer while it is being written, as often as the pace of its channel allows: always the newest
 * words, never one edit behind the other. Knows no Discord.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { EditPace } from "./edit-pace.js";

/** If there is nothing new to show, it is looked again after this. */
const LOOK_AGAIN_MS = 200;
/** Without a reason an abort makes an error with its stack, for every answer that ends and for nobody. */
const STOPPED = "stopped";

export interface GrowingAnswerParts {
  readonly channelId: string;
  readonly pace: EditPace;
  /** Shows `text`, with a line that says that more comes. If it throws, nothing more is shown. */
  readonly write: (text: string) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

export class GrowingAnswer {
  readonly #stopped = new AbortController();
  #newest: (() => string) | undefined;
  #shown = "";
  #running: Promise<void> | undefined;

  constructor(private readonly parts: GrowingAnswerParts) {}

  /** There may be more to show: what `shown` returns when its turn comes. */
  grow(shown: () => string): void {
    if (this.#stopped.signal.aborted) return;
    this.#newest = shown;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Shows nothing more; resolves when the edit under way is done. */
  async stop(): Promise<void> {
    this.#stopped.abort(STOPPED);
    await this.#running;
  }

  async #run(): Promise<void> {
    const { channelId, failed, pace } = this.parts;
    try {
      while (this.#newest !== undefined) {
        await this.#sleep(pace.waitMs(channelId));
        if (this.#stopped.signal.aborted) return;
        // Another answer may have taken the turn.
        if (pace.waitMs(channelId) === 0) await this.#look();
      }
    } catch (error) {
      this.#stopped.abort(STOPPED);
      failed(error);
    }
  }

  async #look(): Promise<void> {
    const { channelId, pace, write } = this.parts;
    const text = this.#newest?.() ?? "";
    this.#newest = undefined;
    if (text === this.#shown) return this.#sleep(LOOK_AGAIN_MS);
    this.#shown = text;
    const done = pace.begin(channelId);
    await write(text).finally(done);
  }

  async #sleep(ms: number): Promise<void> {
    if (ms <= 0) return;
    await sleep(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }
}
