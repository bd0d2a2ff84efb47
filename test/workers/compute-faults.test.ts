import { setImmediate as nextTurn, setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStarterModel } from "../../models/rewards/starter.js";
import { priorUserWeights } from "../../models/rewards/user-weights.js";
import { type Compute, createCompute } from "../../workers/compute.js";
import { ComputeError, isThreadEnd } from "../../workers/compute-error.js";
import { waitFor } from "../support/wait-for.js";

const model = createStarterModel();
const userWeights = priorUserWeights(model);
const workerFile = fileURLToPath(new URL("../support/faulty-worker.mjs", import.meta.url));

/** What the faulty worker does to a training, by its seed. */
const TRAINING_FAULTS = { exit: 1, loop: 2, memory: 3 };

describe("the worker pool, when a worker goes wrong", () => {
  let compute: Compute;
  beforeEach(() => {
    // A thread that ends is followed by a new one, which a busy machine needs its time for.
    compute = createCompute({ threads: 1, interactiveTimeoutMs: 5_000, workerFile });
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
    const limits = { interactiveTimeoutMs: 250_000, interactiveMemoryMb: 32 };
    const patient = createCompute({ threads: 1, workerFile, ...limits });
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

  it.each([
    ["a crash", TRAINING_FAULTS.exit, "crashed", {}],
    ["an endless loop", TRAINING_FAULTS.loop, "timedOut", { trainingTimeoutMs: 1_500 }],
    ["running out of memory", TRAINING_FAULTS.memory, "crashed", { trainingMemoryMb: 32 }],
  ])(
    "%s in training ends it, while members are answered, and the next can start",
    async (_, seed, failure, options) => {
      const own = createCompute({ threads: 1, workerFile, ...options });
      try {
        for (let attempt = 0; attempt < 2; attempt++) {
          const training = own
            .retrain(
              {
                model,
                comparisons: noComparisons(),
                seed,
                minimumMembers: 5,
                leaveOutColluders: true,
              },
              () => undefined,
            )
            .catch((error: unknown) => error);
          let ended = false;
          void training.then(() => {
            ended = true;
          });
          do {
            const scored = await own.scoreCandidates({ model, userWeights, responses: ["fine"] });
            expect(scored.rewards[0]).toBe(1);
            await setTimeout(20);
          } while (!ended);
          expect(await training).toMatchObject({ name: "ComputeError", verb: "retrain", failure });
        }
      } finally {
        await own.close();
      }
    },
  );

  it("a training that is given up ends at once, with the reason, and the next can start", async () => {
    const loop = (signal: AbortSignal) =>
      compute.retrain(
        {
          model,
          comparisons: noComparisons(),
          seed: TRAINING_FAULTS.loop,
          minimumMembers: 5,
          leaveOutColluders: true,
        },
        () => undefined,
        signal,
      );
    for (let attempt = 0; attempt < 2; attempt++) {
      const given = new AbortController();
      const training = loop(given.signal).catch((error: unknown) => error);
      await goesOn();
      const reason = new RangeError("nobody wants it any more");
      given.abort(reason);
      expect(await training).toBe(reason);
    }
    await expect(loop(AbortSignal.abort(new RangeError("not at all")))).rejects.toThrow(RangeError);
    await goesOn();
  });

  it("what waits too long behind other work is refused, and the thread that works goes on", async () => {
    const own = createCompute({ threads: 1, interactiveTimeoutMs: 2_000, workerFile });
    const ask = (...responses: string[]) =>
      own.scoreCandidates({ model, userWeights, responses }).then(
        ({ rewards }) => rewards[0],
        (error: unknown) => error,
      );
    try {
      const thread = await ask("tarry", "0");
      const results = await Promise.all(Array.from({ length: 12 }, () => ask("tarry", "600")));
      const done = results.filter((result) => result === thread);
      const refused = results.filter((result) => result instanceof ComputeError);
      expect(done.length).toBeGreaterThan(0);
      expect(refused.length).toBeGreaterThan(0);
      expect(done.length + refused.length).toBe(results.length);
      for (const error of refused) expect(error).toMatchObject({ failure: "timedOut" });
      expect(await ask("tarry", "0")).toBe(thread);
    } finally {
      await own.close();
    }
  });

  it("an event loop that comes late for a result gets it", async () => {
    const own = createCompute({ threads: 1, interactiveTimeoutMs: 1_000, workerFile });
    try {
      await own.scoreCandidates({ model, userWeights, responses: ["fine"] }).catch(() => undefined);
      const weights = sharedWeights();
      const call = own.scoreCandidates({ model, userWeights: weights, responses: ["count"] });
      await nextTurn();
      holdTheEventLoopFor(3_000);
      expect((await call).rewards[0]).toBeGreaterThan(0);
    } finally {
      await own.close();
    }
  });

  it("a thread goes on with the next call while the event loop is busy", async () => {
    await score("fine");
    const weights = sharedWeights();
    const calls = Array.from({ length: 8 }, () =>
      compute.scoreCandidates({ model, userWeights: weights, responses: ["count"] }),
    );
    await nextTurn();
    const deadline = performance.now() + 4_000;
    while (weights.weights[0]! < calls.length && performance.now() < deadline);
    expect(weights.weights[0]).toBe(calls.length);
    await Promise.all(calls);
  });

  it("the others of a thread that hangs are refused with it, and later ones answered", async () => {
    const own = createCompute({ threads: 1, interactiveTimeoutMs: 1_000, workerFile });
    try {
      const hung = ["loop", "fine", "fine"].map((response) =>
        own.scoreCandidates({ model, userWeights, responses: [response] }),
      );
      for (const result of await Promise.allSettled(hung)) {
        expect(result).toMatchObject({ status: "rejected", reason: { failure: "timedOut" } });
      }
      const later = await waitFor(async () => {
        const answered = own.scoreCandidates({ model, userWeights, responses: ["fine"] });
        return (await answered.catch(() => undefined))?.rewards[0];
      }, "an answer of the next thread");
      expect(later).toBe(1);
    } finally {
      await own.close();
    }
  });

  it("work that runs when the pool is closed is refused", async () => {
    const running = score("loop").catch((error: unknown) => error);
    await compute.close();
    expect(await running).toMatchObject({ name: "ComputeError", failure: "closed" });
  });

  it("work is refused once the pool is closed", async () => {
    await compute.close();
    await expect(score("fine")).rejects.toMatchObject({ failure: "closed" });
  });
});

describe("an error of Piscina's", () => {
  const errorOf = async (seed: number, timeoutMs: number) => {
    const pool = new Piscina({
      filename: workerFile,
      resourceLimits: { maxOldGenerationSizeMb: 32 },
    });
    const { port1, port2 } = new MessageChannel();
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await pool.run(
        { request: { seed }, progress: port2 },
        { name: "retrain", transferList: [port2], signal },
      );
    } catch (error) {
      return error;
    } finally {
      port1.close();
      await pool.destroy();
    }
  };

  it("is told apart by whether the thread has ended", async () => {
    expect(isThreadEnd(await errorOf(TRAINING_FAULTS.exit, 250_000))).toBe(true);
    expect(isThreadEnd(await errorOf(TRAINING_FAULTS.memory, 250_000))).toBe(true);
    expect(isThreadEnd(await errorOf(TRAINING_FAULTS.loop, 2_000))).toBe(false);
    expect(isThreadEnd(new RangeError("no such axis"))).toBe(false);
    expect(isThreadEnd(undefined)).toBe(false);
  });
});

/** Weights that the thread writes and this one reads. */
function sharedWeights() {
  return { ...userWeights, weights: new Float64Array(new SharedArrayBuffer(8)) };
}

function holdTheEventLoopFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function noComparisons() {
  return {
    count: 0,
    members: 0,
    memberOf: new Int32Array(0),
    featuresA: new Float32Array(0),
    featuresB: new Float32Array(0),
    outcomes: new Float32Array(0),
    positions: new Float32Array(0),
    weights: new Float32Array(0),
  };
}
