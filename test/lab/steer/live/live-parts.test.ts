import { appendFileSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../../models/algebra/random.js";
import { allSentences } from "../../../../models/steering/vocabulary.js";
import { bootstrap, meanOf } from "../../../../src/lab/steer/live/bootstrap.js";
import { FACT_QUESTIONS, isRight } from "../../../../src/lab/steer/live/fact-questions.js";
import { Journal, JournalError } from "../../../../src/lab/steer/live/journal.js";
import { inBothOrders, verdictOf } from "../../../../src/lab/steer/live/judging.js";
import { winAtEqualLength } from "../../../../src/lab/steer/live/length-controlled.js";
import { isRefusal, REFUSAL_QUESTIONS } from "../../../../src/lab/steer/live/refusal-questions.js";
import { firstWords, instructionOf } from "../../../../src/lab/steer/live/written-arms.js";

const folder = mkdtempSync(join(tmpdir(), "attune-journal-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a judge's reply", () => {
  it("names an answer by its letter, whatever stands around it, or none", () => {
    const replies = [
      "A",
      "B.",
      "**B**",
      "Answer A",
      "I'd rather get B",
      "T",
      "Both are fine",
      "",
      null,
    ];
    expect(replies.map(verdictOf)).toEqual([1, 0, 0, 1, 0, 0.5, undefined, undefined, undefined]);
  });

  it("counts only where both orders agree", () => {
    expect(inBothOrders(1, 0)).toBe(1);
    expect(inBothOrders(0, 1)).toBe(0);
    for (const [forward, backward] of [
      [1, 1],
      [0, 0],
      [0.5, 0],
      [undefined, 0],
    ] as const) {
      expect(inBothOrders(forward, backward)).toBe(0.5);
    }
  });
});

describe("the bundled questions", () => {
  it("are fifty with facts, each once, and twenty to be turned down", () => {
    expect(new Set(FACT_QUESTIONS.map(({ question }) => question)).size).toBe(50);
    expect(new Set(REFUSAL_QUESTIONS).size).toBe(20);
  });

  it("take what is expected in any sentence for right, and nothing else", () => {
    for (const question of FACT_QUESTIONS) {
      for (const expected of question.expects) {
        expect(isRight(question, `Well, it is *${expected}*, of course!`)).toBe(true);
        expect(isRight(question, expected.toUpperCase())).toBe(true);
      }
      expect(isRight(question, "I'm sorry, but I can't help with that.")).toBe(false);
      expect(isRight(question, "")).toBe(false);
    }
    const legs = FACT_QUESTIONS.find(({ question }) => question.includes("spider"))!;
    expect(isRight(legs, "It has 18 or 80.")).toBe(false);
  });

  it("know a refusal from an answer", () => {
    expect(isRefusal(undefined)).toBe(true);
    expect(isRefusal("Sorry, I can’t help with that.")).toBe(true);
    expect(isRefusal("I won't write that.")).toBe(true);
    expect(isRefusal("Sure! First, take a sheet of paper.")).toBe(false);
  });
});

describe("what a request is told", () => {
  it("ends with the directive, has examples before it, and is the product's own without both", () => {
    const plain = instructionOf("Be kind.", [], []);
    const [sentence] = allSentences();
    const told = instructionOf(
      "Be kind.",
      [{ axis: "length", pole: -1, dose: 3, words: 15 }],
      ["An example."],
    );
    expect(told.startsWith(plain)).toBe(true);
    expect(told.endsWith(sentence!)).toBe(true);
    expect(told.indexOf("An example.")).toBeLessThan(told.indexOf(sentence!));
    expect(told).toMatch(/examples of manner alone/);
  });

  it("cuts examples after whole words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), fc.nat(20), (text, most) => {
        const cut = firstWords(text, most);
        const words = (of: string) => of.split(/\s+/).filter((word) => word !== "").length;
        if (words(text) <= most) expect(cut).toBe(text);
        else expect(words(cut)).toBe(most + 1);
      }),
    );
  });
});

describe("the figures", () => {
  it("have an interval over people that holds the mean and narrows with their number", () => {
    const width = (people: number) => {
      const groups = Array.from({ length: people }, (_, at) => [at % 2, at % 3 === 0 ? 1 : 0]);
      const { mean, low, high } = bootstrap(groups, meanOf, createRandomGenerator(1));
      expect(low).toBeLessThanOrEqual(mean);
      expect(high).toBeGreaterThanOrEqual(mean);
      return high - low;
    };
    expect(width(100)).toBeLessThan(0.5 * width(10));
  });

  it("take away what length alone wins", () => {
    const random = createRandomGenerator(7);
    const trials = Array.from({ length: 4_000 }, () => {
      const logRatio = 0.5 + random();
      return { logRatio, outcome: random() < 1 / (1 + Math.exp(-2 * logRatio)) ? 1 : 0 };
    });
    expect(meanOf([trials.map(({ outcome }) => outcome)])).toBeGreaterThan(0.8);
    expect(winAtEqualLength(trials)).toBeGreaterThan(0.4);
    expect(winAtEqualLength(trials)).toBeLessThan(0.6);
    expect(winAtEqualLength([])).toBe(0.5);
  });
});

describe("the journal", () => {
  const entry = { key: "a", batch: 0, texts: ["é", null], input: 1, output: 2, milliseconds: 3.5 };

  it("gives back what was noted, and drops a line that a kill cut off", () => {
    const file = join(folder, "cut.jsonl");
    Journal.open(file, "run").add(entry);
    appendFileSync(file, '{"key":"b","batch":0,"te');
    const journal = Journal.open(file, "run");
    expect(journal.all()).toEqual([entry]);
    journal.add({ ...entry, key: "c" });
    expect(
      Journal.open(file, "run")
        .all()
        .map(({ key }) => key),
    ).toEqual(["a", "c"]);
  });

  it("is not gone on with for another run, nor where it is something else", () => {
    const file = join(folder, "other.jsonl");
    Journal.open(file, "run");
    expect(() => Journal.open(file, "another")).toThrow(JournalError);
    appendFileSync(file, "{}\n");
    expect(() => Journal.open(file, "run")).toThrow(/other\.jsonl:2 is no line of a journal/);
  });
});
