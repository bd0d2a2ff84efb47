/**
 * What a live run has been answered, one line of JSON for each request, so that a run that was ended goes
 * on where it was and asks nothing twice. Holds texts of the deck and of the language model alone.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";
import { z } from "zod";

const ENTRY = z.object({
  key: z.string(),
  /** Requests that were sent together have the same. */
  batch: z.int(),
  /** One for each answer that was wanted; null where there is no text. */
  texts: z.array(z.string().nullable()).min(1),
  /** Why there is none; the request is not put again. */
  failed: z.string().optional(),
  input: z.number(),
  output: z.number(),
  milliseconds: z.number(),
});

export type JournalEntry = z.infer<typeof ENTRY>;

const HEAD = z.object({ run: z.string() });

/** The journal is of another run, or no journal. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

export class Journal {
  readonly #entries = new Map<string, JournalEntry[]>();

  private constructor(private readonly file: string) {}

  /**
   * Opens `file`, or begins it. `run` says what is measured: a journal of anything else is refused. A last
   * line that was cut off is dropped. Throws {@link JournalError}.
   */
  static open(file: string, run: string): Journal {
    const journal = new Journal(file);
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
    const [head, ...lines] = whole.split("\n").slice(0, -1);
    if (head === undefined) appendFileSync(file, `${JSON.stringify({ run })}\n`, { mode: 0o600 });
    else if (read(HEAD, head, file, 1).run !== run) {
      throw new JournalError(
        `${file} is the journal of a run with other options or another model: give --journal another file, or delete this one.`,
      );
    }
    for (const [at, line] of lines.entries()) journal.#note(read(ENTRY, line, file, at + 2));
    return journal;
  }

  /** Everything under `key`, in order. */
  of(key: string): readonly JournalEntry[] {
    return this.#entries.get(key) ?? [];
  }

  all(): JournalEntry[] {
    return [...this.#entries.values()].flat();
  }

  /** Written before it returns: what was paid for is not lost to a kill. */
  add(entry: JournalEntry): void {
    appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
    this.#note(entry);
  }

  #note(entry: JournalEntry): void {
    this.#entries.set(entry.key, [...this.of(entry.key), entry]);
  }
}

function read<Value>(schema: z.ZodType<Value>, line: string, file: string, at: number): Value {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new JournalError(
      `${file}:${at} is no line of a journal: give --journal another file, or delete this one.`,
      { cause },
    );
  }
}
