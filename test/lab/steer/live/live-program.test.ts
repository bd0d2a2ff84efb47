import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { Journal } from "../../../../src/lab/steer/live/journal.js";
import { judgeOfTheFirst, obedientWriter, writerAndJudge } from "../../../support/live-loopback.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../../support/loopback-openai.js";
import { runProgram } from "../../../support/run-program.js";
import { waitFor } from "../../../support/wait-for.js";

const PROGRAM = "src/lab/steer/main.js";
const FEW = ["--live", "--members", "2", "--prompts", "1", "--at-once", "4"];
const folder = mkdtempSync(join(tmpdir(), "attune-live-program-"));
let openai: LoopbackOpenAI;

beforeEach(async () => {
  openai = await startLoopbackOpenAI({ answer: writerAndJudge(obedientWriter, judgeOfTheFirst) });
});
afterEach(() => openai.close());
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("npm run steer -- --live", () => {
  it("names its budget and its cost, and asks nothing before somebody says yes", async () => {
    const journal = join(folder, "budget.jsonl");
    const parameters = [...FEW, "--journal", journal];
    const { code, errors } = await runProgram(PROGRAM, parameters, {
      OPENAI_BASE_URL: openai.baseUrl,
      OPENAI_MODEL: "writer",
      OPENAI_INPUT_PRICE: "1000",
      OPENAI_OUTPUT_PRICE: "2000",
    });
    expect(errors).toMatch(
      /asks writer, with writer as its judge: \d+ requests at most .* about \d+,000 tokens in and \d+,000 out/,
    );
    expect(errors).toMatch(/about \$\d+\.\d\d\.\nNothing was asked\. Say --yes/);
    expect(code).toBe(1);
    expect(openai.requests).toEqual([]);
  });

  it("goes on after a kill without asking again for what it was told", async () => {
    const journal = join(folder, "killed.jsonl");
    const json = join(folder, "report.json");
    const parameters = [...FEW, "--yes", "--journal", journal, "--json", json];
    const environment = { OPENAI_BASE_URL: openai.baseUrl };
    const child = spawn(process.execPath, [join("dist", PROGRAM), ...parameters], {
      env: { PATH: process.env.PATH, ...environment },
      stdio: "ignore",
    });

    await waitFor(() => openai.requests[99], "a hundred requests");
    child.kill("SIGKILL");
    await once(child, "close");
    const told = linesOf(journal);
    expect(told.length).toBeGreaterThan(50);
    const before = openai.requests.length;
    const { code, output, errors } = await runProgram(PROGRAM, parameters, environment);
    expect([code, errors]).toEqual([0, expect.stringMatching(/requests at most/)]);
    expect(output).toMatch(/claims about groups only/);
    const all = linesOf(journal);
    expect(all.slice(0, told.length)).toEqual(told);
    expect(openai.requests.length - before).toBe(all.length - told.length);
    expect(JSON.parse(readFileSync(json, "utf8")).spent.requests).toBe(all.length);
  });

  it("says what to do when no language model is set up, or the journal is of another run", async () => {
    const missing = await runProgram(PROGRAM, FEW, {});
    expect([missing.code, missing.errors]).toEqual([
      1,
      "No language model is set up: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, in .env.\n",
    ]);
    const journal = join(folder, "other.jsonl");
    const environment = { OPENAI_BASE_URL: openai.baseUrl };
    Journal.open(journal, "another run");
    const refused = await runProgram(PROGRAM, [...FEW, "--journal", journal], environment);
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/is the journal of a run with other options or another model/);
  });

  it("wants one way of measuring, and says which there are", async () => {
    for (const parameters of [[], ["--replay", "--live"]]) {
      const { code, errors } = await runProgram(PROGRAM, parameters, {});
      expect(code).toBe(2);
      expect(errors).toMatch(/say one of --replay, --ablation, --cost, --live and --rubric/);
    }
    expect(existsSync("steer-live.jsonl")).toBe(false);
  });
});

/** Answers in a journal, without its head. */
function linesOf(journal: string): string[] {
  return readFileSync(journal, "utf8").split("\n").slice(1, -1);
}
