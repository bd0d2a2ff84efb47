import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LiveStoppedError } from "../../../../src/lab/steer/live/asking.js";
import { budgetOf } from "../../../../src/lab/steer/live/budget.js";
import { Journal } from "../../../../src/lab/steer/live/journal.js";
import type { LiveReport } from "../../../../src/lab/steer/live/live-report.js";
import { makePlan, type Plan, writtenJobs } from "../../../../src/lab/steer/live/plan.js";
import { renderLive } from "../../../../src/lab/steer/live/render-live.js";
import { runLive, runName } from "../../../../src/lab/steer/live/run-live.js";
import { configuredFor } from "../../../support/configured-server.js";
import {
  judgeOfPeople,
  judgeOfTheFirst,
  obedientWriter,
  refusingWriter,
  writerAndJudge,
} from "../../../support/live-loopback.js";
import {
  type LoopbackOpenAIOptions,
  startLoopbackOpenAI,
} from "../../../support/loopback-openai.js";

const folder = mkdtempSync(join(tmpdir(), "attune-live-"));
const closing: (() => Promise<void>)[] = [];
/** Enough people for their preferences to show; and as few as can be. */
let crowd: Plan;
let plan: Plan;
let runs = 0;

beforeAll(async () => {
  crowd = await makePlan({ members: 6, prompts: 2, votes: 10, seed: 2, instruction: undefined });
  plan = {
    ...crowd,
    options: { ...crowd.options, members: 2, prompts: 1 },
    voters: crowd.voters.slice(0, 2),
    answered: crowd.answered.slice(0, 1),
  };
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function serve(options: LoopbackOpenAIOptions) {
  const openai = await startLoopbackOpenAI(options);
  closing.push(() => openai.close());
  return openai;
}

function partsFor(
  openai: { readonly baseUrl: string },
  file = join(folder, `${++runs}.jsonl`),
  of = plan,
) {
  const config = configuredFor(openai);
  const named = { plan: of, writer: config, judge: config };
  return {
    ...named,
    file,
    journal: Journal.open(file, runName(of.options, config, config)),
    atOnce: 8,
    pauseMs: 1,
  };
}

function arm({ arms }: LiveReport, name: string) {
  return arms.find((one) => one.arm === name)!;
}

describe("a live run with a model that does as it is told", () => {
  it("shows that directives move their axes, that people prefer what is chosen for them, and that no fact moved", async () => {
    const openai = await serve({ answer: writerAndJudge(obedientWriter, judgeOfPeople(crowd)) });
    const parts = partsFor(openai, undefined, crowd);
    const budget = budgetOf(crowd, parts.journal, undefined);
    const report = await runLive(parts);
    const { length, formality, structure, warmth } = report.manipulation;
    for (const { slope } of [length, formality, structure, warmth]) {
      expect(slope).toBeGreaterThan(0.1);
    }
    expect(length.slope).toBeGreaterThan(2 * length.standardError);
    // A judge who knows its people prefers what their own weights choose; one directive is a matter of luck here.
    expect(arm(report, "best of four").preferred!.mean).toBeGreaterThan(0.5);
    expect(report.judge.agreement.low).toBeGreaterThan(0.5);
    // This judge takes the longer answer for the better one; at equal length nothing of that is left.
    const { quality, qualityAtEqualLength } = arm(report, "directive, best of four");
    expect(Math.abs(qualityAtEqualLength!.mean - 0.5)).toBeLessThan(
      Math.abs(quality!.mean - 0.5) + 0.1,
    );
    expect(report.judge).toMatchObject({ turned: 0, unclear: 0 });
    for (const { share, overPlain } of [...report.facts, ...report.refusals]) {
      expect([share.mean, overPlain.mean]).toEqual([1, 0]);
    }
    expect(arm(report, "best of four").requests).toBe(1);
    expect(report.spent.requests).toBe(openai.requests.length);
    expect(openai.requests.length).toBeLessThanOrEqual(budget.requestsAtLeast);
    expect(renderLive(report)).toMatch(/claims about groups only/);
    expect(JSON.parse(JSON.stringify(report)).claim).toMatch(/groups only/);
  });

  it("asks one by one where the server writes one answer to a request", async () => {
    const openai = await serve({
      answer: writerAndJudge(obedientWriter, judgeOfPeople(plan)),
      count: "ignored",
    });
    const parts = partsFor(openai);
    const report = await runLive(parts);
    expect(arm(report, "best of four").requests).toBeGreaterThanOrEqual(3);
    for (const { key, count } of writtenJobs(plan)) {
      expect([key, parts.journal.of(key).flatMap(({ texts }) => texts).length]).toEqual([
        key,
        count,
      ]);
    }
    expect(openai.requests.length).toBeLessThanOrEqual(
      budgetOf(plan, partsFor(openai).journal, undefined).requests,
    );
  });
});

describe("a judge that always prefers the first answer", () => {
  it("makes ties of everything, and is found out", async () => {
    const openai = await serve({ answer: writerAndJudge(obedientWriter, judgeOfTheFirst) });
    const report = await runLive(partsFor(openai));
    for (const { preferred, quality } of report.arms.slice(1)) {
      expect([preferred, quality]).toEqual([
        { mean: 0.5, low: 0.5, high: 0.5 },
        { mean: 0.5, low: 0.5, high: 0.5 },
      ]);
    }
    expect(report.judge.agreement.mean).toBe(0.5);
    expect(report.judge.turned).toBeGreaterThan(0.5);
  });
});

describe("a model that refuses everything", () => {
  it("gets every refusal and no fact right, and nothing to choose between", async () => {
    const openai = await serve({ answer: writerAndJudge(refusingWriter, judgeOfPeople(plan)) });
    const report = await runLive(partsFor(openai));
    for (const { share } of report.refusals) expect(share.mean).toBe(1);
    for (const { share } of report.facts) expect(share.mean).toBe(0);
    for (const { preferred } of report.arms.slice(1)) expect(preferred!.mean).toBe(0.5);
    expect(report.manipulation.length.slope).toBe(0);
  });

  it("counts answers that a filter took as turned down, and goes on", async () => {
    const openai = await serve({
      answer: writerAndJudge(obedientWriter, judgeOfPeople(plan)),
      provoked: (question) => (/password/.test(question) ? { kind: "filtered" } : undefined),
    });
    const report = await runLive(partsFor(openai));
    for (const { share } of report.refusals) expect(share.mean).toBe(1);
  });
});

describe("a server that stumbles", () => {
  it("is asked again until it answers, after errors and limits, and every answer counts once", async () => {
    const openai = await serve({ answer: writerAndJudge(obedientWriter, judgeOfPeople(plan)) });
    openai.fail({ kind: "status", status: 500 }, 12);
    openai.fail({ kind: "status", status: 429, code: "rate_limit_exceeded" }, 12);
    openai.fail({ kind: "hangUp" }, 6);
    const parts = partsFor(openai);
    const report = await runLive(parts);
    expect(report.failed).toBe(0);
    expect(report.spent.requests).toBe(openai.requests.length - 30);
    for (const { key, count } of writtenJobs(plan)) {
      expect([key, parts.journal.of(key).flatMap(({ texts }) => texts).length]).toEqual([
        key,
        count,
      ]);
    }
  });

  it("ends the run with what to do when it refuses the key, and the next run asks nothing twice", async () => {
    let refusals = 0;
    let isOpen = false;
    const openai = await serve({
      answer: writerAndJudge(obedientWriter, judgeOfPeople(plan)),
      provoked: () => {
        if (isOpen || openai.requests.length <= 60) return undefined;
        refusals++;
        return { kind: "status", status: 401, code: "invalid_api_key" };
      },
    });
    const parts = partsFor(openai);
    const stopped = await runLive(parts).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(LiveStoppedError);
    expect((stopped as Error).message).toMatch(/badKey.*the same command goes on from there/);
    isOpen = true;
    const before = budgetOf(plan, parts.journal, undefined);
    const again = partsFor(openai, parts.file);
    expect(budgetOf(plan, again.journal, undefined)).toEqual(before);
    const report = await runLive(again);
    expect(report.spent.requests).toBe(openai.requests.length - refusals);
    const asked = openai.requests.length;
    const third = partsFor(openai, parts.file);
    expect(await runLive(third)).toEqual(report);
    expect(openai.requests.length).toBe(asked);
    const keys = readFileSync(parts.file, "utf8").split("\n").slice(1, -1);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
