import { describe, expect, it } from "vitest";
import { allSentences, sentenceOf } from "../../../models/steering/vocabulary.js";
import { directiveText } from "../../../src/conversation/steering/directive-text.js";
import { directivesIn } from "../../../src/lab/steer/cost/directives-in.js";
import { costReport, renderCost } from "../../../src/lab/steer/cost/render-cost.js";
import { runCost } from "../../../src/lab/steer/cost/run-cost.js";

const FAST = { firstTokenMilliseconds: 1, tokensASecond: 1_000_000 };

describe("what an answer costs", () => {
  it("is one answer for who wants a plain one, four for a new member, and less again once the manner is settled", async () => {
    const answered = await runCost({ members: 2, seed: 1, pace: FAST });
    const report = costReport(answered, FAST);
    const [plain, fresh, learning, settled, fast] = report.stages;
    expect(report.stages.every(({ answers }) => answers > 0)).toBe(true);
    expect([plain!.requests.mean, fresh!.requests.mean]).toEqual([1, 1]);
    expect(fresh!.output.mean).toBeGreaterThan(2 * plain!.output.mean);
    expect(learning!.requests.mean).toBeGreaterThan(1.2);
    expect(learning!.requests.mean).toBeLessThan(4);
    expect(settled!.requests.mean).toBeLessThan(learning!.requests.mean);
    expect(fast!.requests.mean).toBe(1);
    expect(fast!.output.mean).toBeLessThan(settled!.output.mean);
    expect(fast!.firstSeconds.mean).toBeLessThan(fast!.seconds.mean);
    expect(settled!.firstSeconds.mean).toBe(settled!.seconds.mean);
    expect(renderCost(report)).toMatch(/settled/);
  });
});

describe("a model that does as it is told", () => {
  it("reads every sentence back from what it is told, and nothing from a plain request", () => {
    for (const sentence of allSentences()) {
      const [directive] = directivesIn(`You are kind. ${sentence}\n\nForm alone.\n${sentence}`);
      expect(sentenceOf(directive!)).toBe(sentence);
    }
    const two = directiveText({
      directives: [
        { axis: "length", pole: -1, dose: 3, words: 30 },
        { axis: "warmth", pole: 1, dose: 2 },
      ],
    })!;
    expect(directivesIn(two).map(({ axis }) => axis)).toEqual(["length", "warmth"]);
    expect(directivesIn("You are kind.")).toEqual([]);
  });
});
