/** What is wrong with a data set, where, and what to do about it. */

export class DatasetError extends Error {
  override readonly name = "DatasetError";

  constructor(
    /** The path of the file. */
    readonly file: string,
    /** Counted from 1; undefined if the whole file is meant. */
    readonly line: number | undefined,
    problem: string,
    cause?: unknown,
  ) {
    super(
      `${file}${line === undefined ? "" : `:${line}`}: ${problem}`,
      cause === undefined ? {} : { cause },
    );
  }
}
