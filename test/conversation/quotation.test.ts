import { describe, expect, it } from "vitest";
import { quotesLongStretch } from "../../src/conversation/quotation.js";

const MINE = "My grandmother used to put a spoon of honey in her tea every single evening.";

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
