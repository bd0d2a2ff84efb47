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

/** From `start` to before `end`, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Runs of one length that are looked for. */
interface Runs {
  readonly whole: Set<string>;
  /** All stretches of half that length in them. */
  readonly halves: Set<string>;
}

/** The letters and digits of a text, in small letters, and where each came from. */
interface Letters {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
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
    const letters = lettersOf(text).text;
    if (letters.length < shortest) return;
    const length = Math.min(stretch, letters.length);
    const runs = this.#runs.get(length) ?? { whole: new Set(), halves: new Set() };
    this.#runs.set(length, runs);
    addStretches(letters, length, runs.whole);
    addStretches(letters, halfOf(length), runs.halves);
  }

  /** The stretches of `text` that repeat what is protected, in order, none touching the next. */
  find(text: string): Stretch[] {
    if (this.#runs.size === 0) return [];
    const { text: letters, starts, ends } = lettersOf(text);
    const last = letters.length - 1;
    const backwards = letters.split("").reverse().join("");
    const runs = [
      ...this.#runsIn(letters),
      ...this.#runsIn(rot13(letters)),
      ...this.#runsIn(backwards).map(([from, to]) => [last - to, last - from] as const),
    ];
    return merged([
      ...runs.map(([from, to]) => ({ start: starts[from]!, end: ends[to]! })),
      ...this.#encodedIn(text, BASE64, "base64"),
      ...this.#encodedIn(text, HEX, "hex"),
    ]);
  }

  /** The first and the last letter of each run that is looked for. */
  #runsIn(letters: string): (readonly [from: number, to: number])[] {
    const found: [number, number][] = [];
    for (const [length, { whole, halves }] of this.#runs) {
      if (!mayHoldRun(letters, length, halves)) continue;
      for (let at = 0; at + length <= letters.length; at++) {
        if (whole.has(letters.slice(at, at + length))) found.push([at, at + length - 1]);
      }
    }
    return found;
  }

  #encodedIn(text: string, code: RegExp, encoding: "base64" | "hex"): Stretch[] {
    const found: Stretch[] = [];
    for (const { 0: encoded, index } of text.matchAll(code)) {
      const bare = encoding === "hex" ? encoded.replace(/[\s:]/g, "") : encoded;
      const decoded = lettersOf(Buffer.from(bare, encoding).toString("utf8")).text;
      if (this.#runsIn(decoded).length === 0) continue;
      found.push({ start: index, end: index + encoded.length });
    }
    return found;
  }
}

function addStretches(letters: string, length: number, stretches: Set<string>): void {
  for (let at = 0; at + length <= letters.length; at++) {
    stretches.add(letters.slice(at, at + length));
  }
}

function halfOf(length: number): number {
  return Math.ceil(length / 2);
}

/** Every run covers one of the halves that are looked up here, far fewer than there are places for runs. */
function mayHoldRun(letters: string, length: number, halves: Set<string>): boolean {
  const half = halfOf(length);
  for (let at = 0; at + half <= letters.length; at += length - half + 1) {
    if (halves.has(letters.slice(at, at + half))) return true;
  }
  return false;
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

function merged(stretches: Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const next of stretches.sort((first, second) => first.start - second.start)) {
    const last = merged.at(-1);
    if (last === undefined || next.start > last.end) merged.push(next);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
  }
  return merged;
}
