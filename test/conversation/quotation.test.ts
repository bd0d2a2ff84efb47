import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemberTexts } from "../../src/conversation/quotation.js";

const MINE = "My grandmother used to put a spoon of honey in her tea every single evening.";

function quotesLongStretch(candidate: string, memberText: string): boolean {
  return new MemberTexts([memberText]).areQuotedIn(candidate);
}

/** Few words and letters, so that stretches repeat; some of two UTF-16 units, some in capitals. */
const WORDS = ["a", "A", "bb", "cde", "𠮷", "𝒳y", "é", "ß", "İ", "7"];
const words = (minLength: number, maxLength: number) =>
  fc
    .array(fc.constantFrom(...WORDS, "honey", "私の祖母は毎晩"), { minLength, maxLength })
    .chain((all) => fc.constantFrom(all.join(" "), all.join(""), all.join(", ")));

/** The rules as they are said, run by run. */
function slowlyQuotes(candidate: string, memberText: string): boolean {
  const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const own = wordsOf(candidate);
  const theirs = wordsOf(memberText);
  const runs = (items: readonly string[], length: number) =>
    items.slice(length - 1).map((_, at) => JSON.stringify(items.slice(at, at + length)));
  const shared = (length: number, ownItems: readonly string[], theirItems: readonly string[]) =>
    runs(ownItems, length).filter((run) => runs(theirItems, length).includes(run)).length;
  const shortRuns = own.length - 4;
  return (
    shared(8, own, theirs) > 0 ||
    (shortRuns > 0 && shared(5, own, theirs) / shortRuns > 0.3) ||
    shared(24, [...own.join("")], [...theirs.join("")]) > 0
  );
}

describe("a quotation", () => {
  it("is eight words in a row, whatever the case and the marks", () => {
    const answer = `You wrote: “used to put a SPOON of honey, in her tea”. Nice, and there is much more to say about tea than that, of course, since it is grown in so many places.`;
    expect(quotesLongStretch(answer, MINE)).toBe(true);
  });

  it("is a short answer made mostly of the member's words", () => {
    expect(quotesLongStretch("A spoon of honey in her tea?", MINE)).toBe(true);
  });

  it("is a long stretch in a script without blanks", () => {
    const asked = "私の祖母は毎晩お茶にスプーン一杯の蜂蜜を入れていましたがどうですか";
    expect(quotesLongStretch(`はい。${asked.slice(0, 26)}、いいですね。`, asked)).toBe(true);
    expect(quotesLongStretch("お茶は体に良いと思います。", asked)).toBe(false);
  });

  it("is code that comes back as it was, in a block or not", () => {
    const code = "for (const user of users) { if (user.active) total += user.balance * rate; }";
    const asked = `why is this slow? ${code}`;
    expect(quotesLongStretch(`Your loop:\n\`\`\`js\n${code}\n\`\`\`\nUse reduce.`, asked)).toBe(
      true,
    );
    expect(
      quotesLongStretch("```js\nconst sum = list.reduce((a, b) => a + b, 0);\n```", asked),
    ).toBe(false);
  });

  it("is a block of Markdown quotes", () => {
    expect(quotesLongStretch(`> ${MINE}\n\nHow kind of her!`, MINE)).toBe(true);
  });

  it("is what the rules say, stretch by stretch, of one text or of several", () => {
    const given = fc.record({
      before: words(0, 30),
      shared: words(0, 14),
      after: words(0, 30),
      theirs: fc.array(words(0, 8), { maxLength: 2 }),
      isShared: fc.boolean(),
    });
    let quoted = 0;
    fc.assert(
      fc.property(given, ({ before, shared, after, theirs, isShared }) => {
        const candidate = [before, shared, after].join(" ");
        const texts = [...theirs, isShared ? `${after} ${shared} ${theirs[0] ?? ""}` : before];
        const expected = texts.some((text) => slowlyQuotes(candidate, text));
        quoted += Number(expected);
        const memberTexts = new MemberTexts(texts);
        expect(memberTexts.areQuotedIn(candidate)).toBe(expected);
        expect(memberTexts.areQuotedIn(candidate)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
    expect(quoted).toBeGreaterThan(100);
    expect(quoted).toBeLessThan(900);
  });

  it("is not a paraphrase", () => {
    const paraphrase =
      "Adding honey to an evening cup was her habit, it seems; many people of that generation did so.";
    expect(quotesLongStretch(paraphrase, MINE)).toBe(false);
  });

  it("is not an answer in its own words", () => {
    expect(quotesLongStretch("Honey in tea is pleasant; use a little less at night.", MINE)).toBe(
      false,
    );
    expect(quotesLongStretch("", "")).toBe(false);
  });
});
