/**
 * Messages that come long after they were written, as after an outage: all of them at once. Those of one
 * author are answered one after the other, since nobody is to be taken for a flood because of that.
 */
import AsyncLock from "async-lock";
import type { Message } from "discord.js";
import type { Clock } from "../../shared/time.js";

/** What is on its way for longer was kept back somewhere. */
const LATE_MS = 10_000;

export type LateMessage = Pick<Message, "createdTimestamp"> & {
  readonly author: Pick<Message["author"], "id">;
};

export class LateMessages<Handled extends LateMessage> {
  /** By author. */
  readonly #turns = new AsyncLock({ maxPending: Number.POSITIVE_INFINITY });

  constructor(
    private readonly clock: Clock,
    private readonly answer: (message: Handled) => Promise<void>,
  ) {}

  /** Resolves when `message` is answered; rejects with what the answering throws. */
  handle(message: Handled): Promise<void> {
    const isLate = this.clock() - message.createdTimestamp > LATE_MS;
    if (!isLate) return this.answer(message);
    return this.#turns.acquire(message.author.id, () => this.answer(message));
  }
}
