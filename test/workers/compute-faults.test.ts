import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStarterModel } from "../../models/starter.js";
import { priorUserWeights } from "../../models/user-weights.js";
import { type Compute, createCompute } from "../../workers/compute.js";
import { ComputeError } from "../../workers/compute-error.js";

const model = createStarterModel();
const userWeights = priorUserWeights(model);
const workerFile = fileURLToPath(new URL("../support/faulty-worker.mjs", import.meta.url));

describe("the worker pool, when a worker goes wrong", () => {
  let compute: Compute;
  beforeEach(() => {
    compute = createCompute({ threads: 1, interactiveTimeoutMs: 1_500, workerFile });
  });
  afterEach(() => compute.close());

  const score = (...responses: string[]) =>
    compute.scoreCandidates({ model, userWeights, responses });
  const goesOn = async () => expect((await score("fine", "thanks")).rewards[0]).toBe(2);

  it.each([
    ["exit", "crashed"],
    ["loop", "timedOut"],
  ])("'%s' gives one clear error, and the pool goes on", async (response, failure) => {
    const error = await score(response).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ComputeError);
    expect(error).toMatchObject({ verb: "scoreCandidates", failure });
    expect((error as Error).message).toMatch(/scoreCandidates .* the worker pool goes on/);
    await goesOn();
  });

  it("running out of memory ends the thread and not the process", async () => {
    const patient = createCompute({ threads: 1, interactiveTimeoutMs: 25_000, workerFile });
    try {
      const failing = patient.scoreCandidates({
        model,
        userWeights,
        responses: ["fill the memory"],
      });
      await expect(failing).rejects.toMatchObject({ failure: "crashed" });
      const after = await patient.scoreCandidates({ model, userWeights, responses: ["fine"] });
      expect(after.rewards[0]).toBe(1);
    } finally {
      await patient.close();
    }
  });

  it("an error of the computation itself comes through as it is", async () => {
    await expect(score("throw")).rejects.toThrow(RangeError);
    await goesOn();
  });

  it("a crash in training leaves interactive work alone", async () => {
    const comparisons = {
      count: 0,
      members: 0,
      memberOf: new Int32Array(0),
      featuresA: new Float32Array(0),
      featuresB: new Float32Array(0),
      outcomes: new Float32Array(0),
      positions: new Float32Array(0),
      weights: new Float32Array(0),
    };
    const request = { model, comparisons, seed: 1, minimumMembers: 5 };
    const training = compute.retrain(request, () => undefined);
    await expect(training).rejects.toMatchObject({ verb: "retrain", failure: "crashed" });
    await goesOn();
  });

  it("work is refused once the pool is closed", async () => {
    await compute.close();
    await expect(score("fine")).rejects.toMatchObject({ failure: "closed" });
  });
});
