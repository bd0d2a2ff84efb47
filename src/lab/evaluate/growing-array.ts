/** A typed array that grows by doubling, for files whose length is not known before their end. */

type Numbers = Int32Array | Float32Array;

export class GrowingArray<Values extends Numbers> {
  #length = 0;
  #values: Values;

  constructor(private readonly create: (length: number) => Values) {
    this.#values = create(1024);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    this.#reserve(1);
    this.#values[this.#length++] = value;
  }

  append(values: ArrayLike<number>): void {
    this.#reserve(values.length);
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  /** What was pushed, without a copy; more pushes may or may not show in it. */
  finish(): Values {
    return this.#values.subarray(0, this.#length) as Values;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#values.length) return;
    const larger = this.create(Math.max(needed, 2 * this.#values.length));
    larger.set(this.#values.subarray(0, this.#length));
    this.#values = larger;
  }
}
