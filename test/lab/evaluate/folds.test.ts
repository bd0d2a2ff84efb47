import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FoldReport, Report } from "../../../src/lab/evaluate/report.js";
import { setName } from "../../../src/lab/evaluate/set-name.js";
import {
  type DatasetContent,
  learnableDataset,
  lines,
  writeDataset,
} from "../../support/small-dataset.js";

const COMMAND = join("dist", "src", "lab", "evaluate", "main.js");
const ANSWERS = ["--answers", "0,2,10"];

interface Person {
  user: string;
  pool: [string, string, number][];
  test: [string, string, number][];
}

/** A planted fold whose new users are as `change` leaves them. */
function fold(seed: number, change: (people: Person[]) => Person[] = (people) => people) {
  const content = learnableDataset(seed);
  const people = (content["new-users.jsonl"] as string)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Person)
    .map((person) => ({ ...person, user: `${seed}-${person.user}` }));
  return { ...content, "new-users.jsonl": lines(change(people)) } satisfies DatasetContent;
}

function evaluate(...parameters: string[]) {
  return spawnSync(process.execPath, [COMMAND, ...parameters], { encoding: "utf8" });
}

const cleanUps: (() => void)[] = [];

function write(content: DatasetContent): string {
  const { folder, remove } = writeDataset(content);
  cleanUps.push(remove);
  return folder;
}

function report(folders: readonly string[], ...parameters: string[]): Report {
  const file = join(folders[0]!, "report.json");
  const { status, stderr } = evaluate(...folders, ...ANSWERS, "--json", file, ...parameters);
  expect(status, stderr).toBe(0);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Mean and standard error over two groups of people, from those of each. */
function together(groups: readonly { mean: number; standardError: number; people: number }[]): {
  mean: number;
  standardError: number;
} {
  const people = groups.reduce((sum, group) => sum + group.people, 0);
  const mean = groups.reduce((sum, group) => sum + group.people * group.mean, 0) / people;
  const squares = groups.reduce(
    (sum, group) =>
      sum +
      group.standardError ** 2 * group.people * (group.people - 1) +
      group.people * (group.mean - mean) ** 2,
    0,
  );
  return { mean, standardError: Math.sqrt(squares / (people - 1) / people) };
}

describe("several folders", () => {
  let first: string;
  let second: string;

  beforeAll(() => {
    expect(existsSync(COMMAND), `run "npm run build" first`).toBe(true);
    first = write(fold(1));
    second = write(fold(2, (people) => people.slice(0, 7)));
  });
  afterAll(() => {
    for (const cleanUp of cleanUps) cleanUp();
  });

  it("are folds of one set, whose people are pooled", () => {
    const [alone, other] = [report([first]), report([second])];
    const both = report([first, second]);
    expect(alone).toMatchObject({ people: 12, users: 12 });
    expect(alone.folds).toBeUndefined();
    expect(both).toMatchObject({ dataset: "learnable", people: 19, users: 19 });
    expect(both.folds).toHaveLength(2);
    expect(both.trainingComparisons).toBe(alone.trainingComparisons + other.trainingComparisons);
    const figures = ({ rank, gate, users }: FoldReport) => ({ rank, gate, users });
    expect(both.folds!.map(figures)).toEqual([figures(alone), figures(other)]);

    const pooled = together(
      [alone, other].map(({ people, pooled: { auc, standardError } }) => ({
        people,
        mean: auc,
        standardError,
      })),
    );
    expect(both.pooled.auc).toBeCloseTo(pooled.mean, 12);
    expect(both.pooled.standardError).toBeCloseTo(pooled.standardError, 12);
    for (const answers of [2, 10]) {
      const expected = together(
        [alone, other].map(({ gain, people }) => ({ people, ...gain.adaptive![answers]! })),
      );
      const found = both.gain.adaptive![answers]!;
      expect(found.mean).toBeCloseTo(expected.mean, 12);
      expect(found.standardError).toBeCloseTo(expected.standardError, 12);
    }
  });

  it("gain what the answers add to everybody alike", () => {
    const { auc, baselines, gain, pooled } = report([first], "--acquisition", "all");
    expect(Object.keys(gain)).toEqual(Object.keys(auc));
    expect(pooled.auc).toBe(baselines.global.auc[0]);
    for (const [acquisition, byAnswers] of Object.entries(gain)) {
      expect(byAnswers[0]).toEqual({ mean: 0, standardError: 0 });
      expect(byAnswers[10]!.mean).toBeCloseTo(auc[acquisition]![10]! - pooled.auc, 12);
      expect(byAnswers[10]!.mean).toBeGreaterThan(2 * byAnswers[10]!.standardError);
    }
  });

  it("count somebody who is new in both as one person, and say so", () => {
    const again = write(fold(1));
    const { status, stderr, stdout } = evaluate(first, again, ...ANSWERS);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/learnable: 2 folds with 12 new users/);
    expect(stderr).toMatch(/12 new users are new in another fold, too/);
  });

  it("share the users that are drawn", () => {
    const { folds, people } = report([first, second], "--users", "6", "--seed", "3");
    expect(people).toBe(6);
    expect((folds ?? []).reduce((sum, { users }) => sum + users, 0)).toBe(6);
  });

  it("are attacked and drawn as one is", () => {
    const plot = join(first, "curves.svg");
    const { attack } = report([first, second], "--attack", "0.2", "--plot", plot);
    const [strategy] = Object.values(attack!.strategies);
    // A fifth of all accounts beside 24 honest ones in each fold.
    expect(strategy!.accounts).toBe(12);
    expect(Object.keys(strategy!.difference)).toEqual(["0", "2", "10"]);
    expect(readFileSync(plot, "utf8")).toContain("19 new users");
  });

  it("are printed with the gain and what every fold made", () => {
    const { stdout } = evaluate(first, second, ...ANSWERS);
    expect(stdout).toMatch(/learnable: 2 folds with 19 new users/);
    expect(stdout).toMatch(/Gain over everybody alike \(0\.\d{3} ±0\.\d{3}\), .* 19 people/);
    expect(stdout).toMatch(/│ [+-]\d\.\d{3} ±\d\.\d{3} │/);
  });

  it("are refused where one is given twice or is not there", () => {
    const twice = evaluate(first, `${first}/.`);
    expect(twice.status).toBe(2);
    expect(twice.stderr).toMatch(/given twice/);
    const missing = evaluate(first, join(first, "elsewhere"));
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain(join(first, "elsewhere", "meta.json"));
  });
});

describe("ties of new users", () => {
  const withTies = (people: Person[]): Person[] =>
    people.map((person) => ({
      ...person,
      test: [...person.test, ...person.test.slice(0, 9).map(([a, b]) => [b, a, 0.5] as never)],
    }));

  it("in test pairs take no part in the AUC, and the report says so", () => {
    const plain = report([write(fold(3))]);
    const tied = report([write(fold(3, withTies))]);
    expect(tied.auc).toEqual(plain.auc);
    expect(tied.winRate).toEqual(plain.winRate);
    expect(tied.gain).toEqual(plain.gain);
    expect(tied.calibration).not.toEqual(plain.calibration);
    expect(plain.ties).toMatchObject({ train: 0, pool: 0, test: 0 });
    expect(tied.ties).toMatchObject({ pool: 0, test: 12 * 9 });
    expect(tied.ties.scoring).toMatch(/pass over tied test pairs/);
    const { stdout } = evaluate(write(fold(3, withTies)), ...ANSWERS);
    expect(stdout).toMatch(/0 questions and 108 test pairs are ties/);
  });

  it("are answers that favour neither side", () => {
    const indifferent = (people: Person[]): Person[] =>
      people.map((person) => ({ ...person, pool: person.pool.map(([a, b]) => [a, b, 0.5]) }));
    const { gain, ties } = report([write(fold(4, indifferent))]);
    expect(ties.pool).toBe(12 * 60);
    // Ties alone say that differences are small, not which side is better.
    expect(Math.abs(gain.adaptive![10]!.mean)).toBeLessThan(0.1);
  });

  it("alone can't be scored", () => {
    const onlyTies = (people: Person[]): Person[] =>
      people.map((person) => ({ ...person, test: person.test.map(([a, b]) => [a, b, 0.5]) }));
    const { status, stderr } = evaluate(write(fold(5, onlyTies)), ...ANSWERS);
    expect(status).toBe(1);
    expect(stderr).toMatch(/both labels/);
  });
});

describe("the name of a set", () => {
  it.each([
    [["style-0"], "style-0"],
    [["style-0", "style-1", "style-2"], "style"],
    [["same", "same"], "same"],
    [["jokes/fold0", "jokes/fold1"], "jokes"],
    [["fold0", "fold1"], "fold"],
    [["one", "other", "else"], "one, other, else"],
  ])("of %j is %s", (names: string[], name: string) => {
    expect(setName(names)).toBe(name);
  });
});
