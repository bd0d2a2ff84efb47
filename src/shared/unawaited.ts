/** Work that nobody waits for but the end of the program. */
export class Unawaited {
  readonly #tasks = new Set<Promise<unknown>>();

  /** Whoever adds `task` sees to its errors. */
  add(task: Promise<unknown>): void {
    this.#tasks.add(task);
    const done = () => void this.#tasks.delete(task);
    task.then(done, done);
  }

  /** Resolves when all that was added is done, well or not. */
  async settled(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.allSettled(this.#tasks);
  }
}
