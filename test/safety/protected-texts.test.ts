import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProtectedTexts } from "../../src/safety/protected-texts.js";

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
        const found = new Array<boolean>(text.length).fill(false);
        for (const { start, end } of new ProtectedTexts([hidden], []).find(text)) {
          found.fill(true, start, end);
        }
        expect(found).toEqual(slowlyCovered(text, hidden));
      }),
      { numRuns: 2000 },
    );
  });
});
