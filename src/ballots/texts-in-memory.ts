/** Texts that are only in memory: the newest ones, until the process ends. */

const MOST = 500;

export class TextsInMemory<Value> {
  readonly #texts = new Map<string, Value>();

  get(key: string): Value | undefined {
    return this.#texts.get(key);
  }

  /** Remembers `value`, and drops the oldest if there are too many. */
  set(key: string, value: Value): void {
    this.#texts.delete(key);
    this.#texts.set(key, value);
    if (this.#texts.size > MOST) this.delete(this.#texts.keys().next().value!);
  }

  delete(key: string): void {
    this.#texts.delete(key);
  }
}
