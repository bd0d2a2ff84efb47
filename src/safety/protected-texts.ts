/**
 * Finds stretches of texts that must not be repeated, however they are dressed up: other blanks,
 * capitals and punctuation, written backwards, in rot13, base64 or hex. A translation is not found.
 */

/** Letters and digits in a row; fewer are found in ordinary answers too. */
const STRETCH = 40;
/** Of a secret, which is random, fewer are enough. */
const SECRET_STRETCH = 16;
/** A shorter text is not protected: its words are everybody's. */
const SHORTEST = 20;
const SHORTEST_SECRET = 8;
const BASE64 = /[A-Za-z0-9+/_-]{24,}/g;
const HEX = /(?:[0-9a-f]{2}[\s:]?){20,}/gi;
const KEPT = /[\p{L}\p{N}]/u;
const NOT_KEPT = /[^\p{L}\p{N}]+/gu;

/** From `start` to before `end`, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The letters and digits of a text, in small letters, and where each came from. */
interface Letters {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** What may be bytes in base64 or hex, and the letters and digits in them. */
interface Encoded extends Stretch {
  readonly letters: string;
}

/** A text in which protected ones are looked for: read once, whatever it is held against. */
export class SearchedText {
  /** Its letters and digits, in small letters. */
  readonly letters: string;
  #encoded: readonly Encoded[] | undefined;

  constructor(readonly text: string) {
    this.letters = lettersIn(text);
  }

  get encoded(): readonly Encoded[] {
    this.#encoded ??= [
      ...encodedIn(this.text, BASE64, "base64"),
      ...encodedIn(this.text, HEX, "hex"),
    ];
    return this.#encoded;
  }
}

export class ProtectedTexts {
  /** By length in letters. */
  readonly #runs = new Map<number, Runs>();

  /** `texts` are protected stretch by stretch, `secrets` in shorter ones. */
  constructor(texts: readonly string[], secrets: readonly string[]) {
    for (const text of texts) this.#protect(text, STRETCH, SHORTEST);
    for (const secret of secrets) this.#protect(secret, SECRET_STRETCH, SHORTEST_SECRET);
  }

  #protect(text: string, stretch: number, shortest: number): void {
    const letters = lettersIn(text);
    if (letters.length < shortest) return;
    const length = Math.min(stretch, letters.length);
    const runs = this.#runs.get(length) ?? new Runs(length);
    this.#runs.set(length, runs);
    runs.add(letters);
  }

  /** The stretches of `searched` that repeat what is protected, in order, none touching the next. */
  find(searched: SearchedText): Stretch[] {
    if (this.#runs.size === 0) return [];
    const runs = [...this.#runs.values()];
    const dressed = runs.filter((one) => one.mayBeIn(searched.letters));
    const encoded = searched.encoded.filter(({ letters }) =>
      runs.some((one) => one.mayBeIn(letters) && one.placesIn(letters).length > 0),
    );
    return merged([...stretchesOf(dressed, searched.text), ...encoded]);
  }
}

/** Runs of one length that are looked for. */
class Runs {
  readonly #texts: string[] = [];
  /** All stretches of half that length, forwards, backwards and in rot13. */
  readonly #halves = new Set<string>();
  /** All of that length, once there is a text that may hold one. */
  #whole: Set<string> | undefined;

  constructor(private readonly length: number) {}

  add(letters: string): void {
    this.#texts.push(letters);
    this.#whole = undefined;
    for (const form of [letters, rot13(letters), backwards(letters)]) {
      addStretches(form, halfOf(this.length), this.#halves);
    }
  }

  /**
   * Whether one may be in `letters`, in whichever form: every run covers one of the halves that are
   * looked up here, far fewer than there are places for runs.
   */
  mayBeIn(letters: string): boolean {
    const half = halfOf(this.length);
    for (let at = 0; at + half <= letters.length; at += this.length - half + 1) {
      if (this.#halves.has(letters.slice(at, at + half))) return true;
    }
    return false;
  }

  /** The first and the last letter of each. */
  placesIn(letters: string): (readonly [from: number, to: number])[] {
    const { length } = this;
    const whole = this.#wholeRuns();
    const found: [number, number][] = [];
    for (let at = 0; at + length <= letters.length; at++) {
      if (whole.has(letters.slice(at, at + length))) found.push([at, at + length - 1]);
    }
    return found;
  }

  #wholeRuns(): ReadonlySet<string> {
    if (this.#whole === undefined) {
      this.#whole = new Set();
      for (const text of this.#texts) addStretches(text, this.length, this.#whole);
    }
    return this.#whole;
  }
}

/** Where `runs` are in `text`, in whichever form. */
function stretchesOf(runs: readonly Runs[], text: string): Stretch[] {
  if (runs.length === 0) return [];
  const { text: letters, starts, ends } = lettersOf(text);
  const last = letters.length - 1;
  const places = runs.flatMap((one) => [
    ...one.placesIn(letters),
    ...one.placesIn(rot13(letters)),
    ...one.placesIn(backwards(letters)).map(([from, to]) => [last - to, last - from] as const),
  ]);
  return places.map(([from, to]) => ({ start: starts[from]!, end: ends[to]! }));
}

function encodedIn(text: string, code: RegExp, encoding: "base64" | "hex"): Encoded[] {
  return [...text.matchAll(code)].map(({ 0: encoded, index }) => {
    const bare = encoding === "hex" ? encoded.replace(/[\s:]/g, "") : encoded;
    const letters = lettersIn(Buffer.from(bare, encoding).toString("utf8"));
    return { start: index, end: index + encoded.length, letters };
  });
}

function addStretches(letters: string, length: number, stretches: Set<string>): void {
  for (let at = 0; at + length <= letters.length; at++) {
    stretches.add(letters.slice(at, at + length));
  }
}

function halfOf(length: number): number {
  return Math.ceil(length / 2);
}

/** The same letters as {@link lettersOf}, in a few steps of the whole text. */
function lettersIn(text: string): string {
  return text
    .replace(/[^\0-\u007f]+/gu, (run) => Array.from(run, plain).join(""))
    .toLowerCase()
    .replace(NOT_KEPT, "");
}

/** One unit for each letter, so that positions agree whatever a letter decomposes into. */
function lettersOf(text: string): Letters {
  const letters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    for (const letter of plain(character)) {
      if (!KEPT.test(letter)) continue;
      for (const unit of letter.split("")) {
        letters.push(unit);
        starts.push(at);
        ends.push(end);
      }
    }
    at = end;
  }
  return { text: letters.join(""), starts, ends };
}

/** Most characters are plain already, and normalising is slow. */
function plain(character: string): string {
  return character < "\u0080" ? character.toLowerCase() : character.normalize("NFKD").toLowerCase();
}

function rot13(text: string): string {
  return text.replace(/[a-z]/g, (letter) =>
    String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97),
  );
}

function backwards(text: string): string {
  return text.split("").reverse().join("");
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const next of stretches.toSorted((first, second) => first.start - second.start)) {
    const last = merged.at(-1);
    if (last === undefined || next.start > last.end) merged.push(next);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
  }
  return merged;
}
