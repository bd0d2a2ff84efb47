import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { emptyDoseTable } from "../../models/steering/dose-response.js";
import { NO_LENGTHS } from "../../models/steering/plain-lengths.js";
import { BaseRewardsChangedError } from "../../src/training/model-errors.js";
import { runProgram } from "../support/run-program.js";
import { createTestServices, type TestServices } from "../support/test-services.js";
import { waitFor } from "../support/wait-for.js";

const STARTER = createStarterModel().version;

const MEMBER = { guildId: "900", memberId: "7" };
const FIRST = "01JABCDEFGHJKMNPQRSTVWXYZ0";
const SECOND = "01JABCDEFGHJKMNPQRSTVWXYZ1";

describe("the versions of the base rewards", () => {
  let test: TestServices;
  beforeEach(async () => {
    test = await createTestServices();
    await adopt(FIRST);
    await adopt(SECOND);
  });
  afterEach(() => test.remove());

  it("are listed, newest first, with what each was learned from and which one answers", async () => {
    const { output, code } = await models("list");
    expect(code).toBe(0);
    const order = [SECOND, FIRST, "starter"].map((version) => output.indexOf(`│ ${version} `));
    expect(order).toEqual([...order].sort((first, second) => first - second));
    expect(order).not.toContain(-1);
    expect(rowOf(output, SECOND)).toMatch(/discord +│$/);
    expect(rowOf(output, FIRST)).not.toMatch(/discord +│$/);
    for (const fact of [
      "1970-01-02 03:04 UTC",
      `after: ${FIRST}`,
      "340 votes, 17 members",
      "in 12.5 s",
      "right: 60.0 → 70.5 %",
      "log-likelihood: -0.6600 → -0.6100",
      "gain: 0.0500 (0.0200 to 0.0800)",
    ]) {
      expect(output).toContain(fact);
    }
  });

  it("are listed with what directives do to each language model's answers", async () => {
    expect((await models("list")).output).not.toMatch(/Language models/);
    const stone = { count: 500, doseSquares: 2_000, products: 0, responseSquares: 500 };
    const moved = { count: 200, doseSquares: 800, products: 400, responseSquares: 260 };
    const axes = { ...emptyDoseTable(), length: moved, warmth: stone };
    await test.services.store.doses.set("llama3:8b", { axes, plain: NO_LENGTHS, at: 0 });
    const { output } = await models("list");
    expect(output).toMatch(/llama3:8b: one step of a directive moves length 0\.50 ± 0\.0\d \(200/);
    expect(output).toMatch(/warmth 0\.00 ± 0\.0\d \(500 answers; not moved, so not asked for\)/);
  });

  it("answer again once restored, without a restart of the bot, and profiles follow", async () => {
    const { output, code } = await models("restore", FIRST);
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`${FIRST} answers in "discord" .* instead of ${SECOND}`));
    await currentIs(FIRST);
    expect((await test.services.profiles.userWeights(MEMBER)).modelVersion).toBe(FIRST);
    await models("restore", "starter");
    await currentIs(STARTER);
    expect(test.services.models.current).toEqual(createStarterModel());
    const { models: reopened } = await test.restart();
    expect(reopened.current.version).toBe(STARTER);
  });

  it("that do not exist are an error that says which do", async () => {
    const { output, errors, code } = await models("restore", "yesterday");
    expect(code).toBe(1);
    expect(output).toBe("");
    expect(errors).toContain(`no base rewards of version "yesterday"`);
    expect(errors).toContain(`There are: ${SECOND}, ${FIRST}, starter.`);
    expect(test.services.models.current.version).toBe(SECOND);
  });

  it("stay in the scope whose votes they were learned from", async () => {
    const { errors, code } = await models("restore", FIRST, "--scope", "playground");
    expect(code).toBe(1);
    expect(errors).toMatch(/learned in the scope "discord" and can't answer in "playground"/);
  });

  it("are not replaced by a training that was held against another one", async () => {
    await models("restore", FIRST);
    await expect(adopt("01JABCDEFGHJKMNPQRSTVWXYZ2", SECOND)).rejects.toThrow(
      BaseRewardsChangedError,
    );
    expect(test.services.models.current.version).toBe(FIRST);
  });

  it.each([
    ["nothing", []],
    ["an unknown verb", ["delete", FIRST]],
    ["no version", ["restore"]],
    ["too much", ["restore", FIRST, SECOND]],
    ["an unknown option", ["list", "--all"]],
    ["an unknown scope", ["restore", FIRST, "--scope", "mars"]],
  ])("come with the usage where the command line says %s", async (_, parameters) => {
    const { errors, code } = await models(...parameters);
    expect(code).toBe(1);
    expect(errors).toMatch(/Usage: npm run models -- /);
  });

  it("are not looked for in a store that is not there, and none is made", async () => {
    const url = `${test.config.storeUrl}.elsewhere`;
    const look = () => runProgram("src/cli/models.js", ["list"], { STORE_URL: url });
    expect((await look()).errors).toMatch(/There is no store at .*elsewhere yet/);
    expect((await look()).code).toBe(1);
  });

  const models = (...parameters: string[]) =>
    runProgram("src/cli/models.js", parameters, { STORE_URL: test.config.storeUrl });

  const currentIs = (version: string) =>
    waitFor(
      () => (test.services.models.current.version === version ? true : undefined),
      `version ${version}`,
    );

  function adopt(version: string, parent = test.services.models.current.version) {
    const figures = { comparisons: 170, members: 17 };
    return test.services.models.adopt(learned(version), {
      parent,
      heldOut: {
        before: { ...figures, logLikelihood: -0.66, accuracy: 0.6 },
        after: { ...figures, logLikelihood: -0.61, accuracy: 0.705 },
        gain: { mean: 0.05, low: 0.02, high: 0.08 },
      },
      training: { members: 17, comparisons: 340, seconds: 12.5, backend: "by hand" },
      at: (27 * 60 + 4) * 60_000,
    });
  }
});

/** The starter with its axes the other way round. */
function learned(version: string): BaseRewardModel {
  const starter = createStarterModel();
  return { ...starter, version, weights: starter.weights.map((weight) => -weight) };
}

function rowOf(table: string, version: string): string {
  return table.split("\n").find((line) => line.startsWith(`│ ${version}`))!;
}
