/**
 * A completion out of a stream of events: asked for, or sent all the same, since some servers stream
 * unless told, or call one whole completion a stream. Knows the form of server-sent events and of chat
 * completions.
 */

interface Delta {
  readonly content?: unknown;
  readonly reasoning_content?: unknown;
  readonly refusal?: unknown;
}

interface StreamedChoice {
  readonly index?: number;
  readonly delta?: Delta;
  readonly message?: unknown;
  readonly finish_reason?: string | null;
  readonly error?: unknown;
}

interface Streamed {
  readonly choices?: readonly StreamedChoice[];
  readonly usage?: unknown;
  readonly error?: unknown;
}

/** The body that `text` holds as a stream; undefined where it is none. */
export function bodyOfStream(text: string): unknown {
  const events = eventsIn(text);
  const whole = events.find(({ choices, error }) => error != null || choices?.[0]?.message != null);
  if (whole !== undefined) return whole;
  return events.some(({ choices }) => Array.isArray(choices)) ? joined(events) : undefined;
}

/** The words of the first choice, while the stream that holds them arrives in pieces of any size. */
export class GrowingText {
  readonly #decoder = new TextDecoder();
  #line = "";
  #text = "";

  /** All that has come so far. */
  get text(): string {
    return this.#text;
  }

  /** Takes the next bytes. Returns whether there are more words now. */
  add(bytes: Uint8Array): boolean {
    const [first = "", ...rest] = this.#decoder.decode(bytes, { stream: true }).split("\n");
    const lines = [this.#line + first, ...rest];
    // A line is an event once it is whole.
    this.#line = lines.pop() ?? "";
    const before = this.#text.length;
    for (const line of lines) {
      for (const { choices = [] } of eventIn(line)) {
        for (const { index = 0, delta } of choices) {
          if (index === 0) this.#text += wordsOf(delta?.content);
        }
      }
    }
    return this.#text.length > before;
  }
}

function eventsIn(text: string): Streamed[] {
  return text.split("\n").flatMap(eventIn);
}

function eventIn(line: string): Streamed[] {
  const data = line.trim().replace(/^data:\s*/, "");
  if (!data.startsWith("{")) return [];
  try {
    return [JSON.parse(data) as Streamed];
  } catch {
    return [];
  }
}

/** Some send lists of parts, of which only texts are for the reader. */
function wordsOf(part: unknown): string {
  if (typeof part === "string") return part;
  if (!Array.isArray(part)) return "";
  return part.map((one) => (one?.type === "text" ? wordsOf(one.text) : "")).join("");
}

/** The parts of each choice, put together in the order in which they came. */
function joined(events: readonly Streamed[]): object {
  const choices = new Map<number, { texts: Record<keyof Delta, string>; end: string | null }>();
  for (const { index = 0, delta, finish_reason: end } of events.flatMap(
    (one) => one.choices ?? [],
  )) {
    const choice = choices.get(index) ?? {
      texts: { content: "", reasoning_content: "", refusal: "" },
      end: null,
    };
    choices.set(index, choice);
    for (const field of ["content", "reasoning_content", "refusal"] as const) {
      const part = delta?.[field];
      choice.texts[field] += wordsOf(part);
    }
    choice.end = end ?? choice.end;
  }
  const usage = events.map((one) => one.usage).findLast((one) => one != null);
  return {
    choices: [...choices].map(([index, { texts, end }]) => ({
      index,
      message: { role: "assistant", ...texts },
      // A stream that breaks off has no end.
      finish_reason: end ?? "length",
    })),
    ...(usage !== undefined && { usage }),
  };
}
