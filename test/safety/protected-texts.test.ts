import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProtectedTexts, SearchedText } from "../../src/safety/protected-texts.js";

const STRETCH = 40;
/** Few letters, so that stretches repeat; the pairs a and n, b and o are each other's in rot13. */
const words = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom("a", "n", "b", "o", "1", "A", " ", "."), maxLength });

/** What is covered, character by character, by comparing every stretch with every place. */
function slowlyCovered(text: string, hidden: string): boolean[] {
  const covered = new Array<boolean>(text.length).fill(false);
  const places = [...text].flatMap((letter, at) => (/[a-z0-9]/i.test(letter) ? [at] : []));
  const letters = places.map((at) => text[at]!.toLowerCase()).join("");
  const secret = [...hidden]
    .filter((one) => /[a-z0-9]/i.test(one))
    .join("")
    .toLowerCase();
  if (secret.length < 20) return covered;
  const length = Math.min(STRETCH, secret.length);
  const turned = secret.replace(/[anbo]/g, (one) => ({ a: "n", n: "a", b: "o", o: "b" })[one]!);
  const dressed = [secret, turned, [...secret].reverse().join("")];
  for (let from = 0; from + length <= letters.length; from++) {
    const stretch = letters.slice(from, from + length);
    if (!dressed.some((one) => one.includes(stretch))) continue;
    covered.fill(true, places[from]!, places[from + length - 1]! + 1);
  }
  return covered;
}

describe("protected texts", () => {
  it("are found wherever a stretch of them stands, and nothing else is", () => {
    const whole = fc.record({
      hidden: words(70),
      before: words(30),
      after: words(30),
      cut: fc.nat(30),
      reverse: fc.boolean(),
    });
    fc.assert(
      fc.property(whole, ({ hidden, before, after, cut, reverse }) => {
        const piece = [...hidden.slice(cut)];
        const text = before + (reverse ? piece.reverse() : piece).join("") + after;
        const searched = new SearchedText(text);
        const found = new Array<boolean>(text.length).fill(false);
        for (const { start, end } of new ProtectedTexts([hidden], []).find(searched)) {
          found.fill(true, start, end);
        }
        expect(found).toEqual(slowlyCovered(text, hidden));
      }),
      { numRuns: 2000 },
    );
  });

  it("are found in base64 and in hex, beside what is told by another list", () => {
    const bytes = fc.record({
      hidden: words(90),
      other: words(90),
      encoding: fc.constantFrom("base64" as const, "hex" as const),
      before: words(30),
    });
    fc.assert(
      fc.property(bytes, ({ hidden, other, encoding, before }) => {
        const encoded = Buffer.from(hidden).toString(encoding);
        const searched = new SearchedText(`${before} ${encoded}`);
        const isHeld = (list: string) =>
          new ProtectedTexts([list], []).find(searched).some(({ end }) => end > before.length + 1);
        const isLong = hidden.replace(/[^a-z0-9]/gi, "").length >= 20;
        expect(isHeld(hidden)).toBe(isLong && encoded.length >= (encoding === "hex" ? 40 : 24));
        // A list that is asked second finds in the text what it finds alone.
        const alone = new ProtectedTexts([other], []).find(new SearchedText(searched.text));
        expect(new ProtectedTexts([other], []).find(searched)).toEqual(alone);
      }),
    );
  });

  it("are read letter by letter, whatever the script", () => {
    const unit = fc.oneof(
      fc.constantFrom(..."aΣσςİıǅ́ﬁ①ＡK­é-. 𝒳"),
      fc.string({ unit: "binary", maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const letters = [...text].flatMap((one) => [...one.normalize("NFKD").toLowerCase()]);
        const kept = letters.filter((letter) => /[\p{L}\p{N}]/u.test(letter)).join("");
        expect(new SearchedText(text).letters).toBe(kept);
      }),
      { numRuns: 5000 },
    );
  });
});
