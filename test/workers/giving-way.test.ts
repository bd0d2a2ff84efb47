import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createStarterModel } from "../../models/rewards/starter.js";
import { priorUserWeights } from "../../models/rewards/user-weights.js";
import { type Compute, createCompute } from "../../workers/compute.js";
import { GivingWay, WaitingCalls, type WaitingClock } from "../../workers/giving-way.js";
import { plantMembers } from "../support/planted-members.js";
import { PATIENT_COMPUTE } from "../support/test-services.js";
import { waitFor } from "../support/wait-for.js";

const threadFile = fileURLToPath(new URL("../support/giving-way-thread.mjs", import.meta.url));

describe("a thread that gives way", () => {
  const threads: Worker[] = [];
  afterEach(async () => {
    for (const thread of threads.splice(0)) await thread.terminate();
  });

  /** A thread that works for a millisecond at a time and gives way in between. */
  const startThread = (calls: WaitingCalls) => {
    const seen = new Float64Array(new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT));
    threads.push(new Worker(threadFile, { workerData: { memory: calls.memory, seen } }));
    return { steps: () => seen[0]!, waitedSeconds: () => seen[1]! };
  };

  it("waits while a call does, makes progress all the same, and goes on when it has ended", async () => {
    const calls = new WaitingCalls();
    await calls.beating(async () => {
      const thread = startThread(calls);
      await waitFor(() => thread.steps() > 10 || undefined, "the first steps");
      let end!: () => void;
      const call = calls.during(
        () =>
          new Promise<void>((resolve) => {
            end = resolve;
          }),
      );
      const before = thread.waitedSeconds();
      await waitFor(() => thread.waitedSeconds() > before + 0.05 || undefined, "the waiting");
      const steps = thread.steps();
      await waitFor(() => thread.steps() > steps + 5 || undefined, "steps while a call waits");
      end();
      await call;
      await waitFor(() => worksWithoutWaiting(thread), "steps without waiting");
    });
  });

  it("waits while the event loop is late", async () => {
    const calls = new WaitingCalls();
    const thread = startThread(calls);
    // Nobody says that the event loop is on time.
    await waitFor(() => thread.waitedSeconds() > 0.05 || undefined, "the waiting");
    await calls.beating(async () => {
      await waitFor(() => worksWithoutWaiting(thread), "steps without waiting");
    });
  });

  /** True once the thread has worked for some steps in a row. */
  const worksWithoutWaiting = async (thread: ReturnType<typeof startThread>) => {
    const [steps, waited] = [thread.steps(), thread.waitedSeconds()];
    await waitFor(() => thread.steps() > steps + 20 || undefined, "the next steps");
    return thread.waitedSeconds() === waited || undefined;
  };
});

describe("how long a training gives way", () => {
  /** Its time passes by working and by waiting, and a wait may last longer than it should. */
  const playedClock = (overshoots: readonly number[]) => {
    let time = 0;
    let waits = 0;
    const clock: WaitingClock = {
      now: () => time,
      wait: (_fields, _index, _value, ms) => {
        time += ms + (overshoots[waits++ % overshoots.length] ?? 0);
      },
    };
    const work = (ms: number) => {
      time += ms;
    };
    return { clock, work, time: () => time };
  };

  it("is three times as long as it works, at most, however long somebody waits", () => {
    const steps = fc.array(fc.double({ min: 0.01, max: 400, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(steps, (lengths) => {
        const calls = new WaitingCalls();
        void calls.during(() => new Promise(() => undefined));
        const { clock, work } = playedClock([0]);
        const givingWay = new GivingWay(calls.memory, clock);
        let worked = 0;
        for (const ms of lengths) {
          work(ms);
          worked += ms;
          const before = givingWay.waitedSeconds;
          givingWay.pause();
          const waitedMs = 1000 * (givingWay.waitedSeconds - before);
          expect(waitedMs).toBeCloseTo(Math.min(500, 3 * ms), 6);
          expect(1000 * givingWay.waitedSeconds).toBeLessThanOrEqual(3 * worked + 1e-6);
        }
      }),
    );
  });

  it("is paid back where a wait lasted longer than it should", () => {
    const calls = new WaitingCalls();
    void calls.during(() => new Promise(() => undefined));
    const { clock, time, work } = playedClock([40, 0]);
    const givingWay = new GivingWay(calls.memory, clock);
    for (let step = 0; step < 1_000; step++) {
      work(1);
      givingWay.pause();
    }
    expect(time()).toBeLessThanOrEqual(4_000 + 40);
    expect(time()).toBeGreaterThan(3_900);
  });

  it("is nothing while nobody waits", async () => {
    const calls = new WaitingCalls();
    const { clock, work } = playedClock([0]);
    await calls.beating(async () => {
      const givingWay = new GivingWay(calls.memory, clock);
      work(100);
      givingWay.pause();
      expect(givingWay.waitedSeconds).toBe(0);
    });
  });
});

describe("a training beside members who wait", () => {
  let compute: Compute;
  afterEach(() => compute.close());

  it("gives way, and comes to the same end, bit for bit", async () => {
    compute = createCompute({ threads: 1, trainingNice: 0, ...PATIENT_COMPUTE });
    const model = createStarterModel();
    const { dimensions } = model;
    const baseRewards = (features: Float32Array) => [features[0]!, features[1]!];
    const train = async () => {
      const options = { members: 30, votesEach: 20, dimensions, seed: 1, baseRewards };
      const { waitedSeconds, ...result } = await compute.retrain(
        {
          model,
          comparisons: plantMembers(options),
          seed: 1,
          minimumMembers: 5,
          leaveOutColluders: true,
        },
        () => undefined,
      );
      return { waitedSeconds, result };
    };
    const alone = await train();
    let over = false;
    const beside = train().finally(() => {
      over = true;
    });
    const userWeights = priorUserWeights(model);
    const ask = async () => {
      while (!over)
        await compute.scoreCandidates({ model, userWeights, responses: ["Yes.", "No."] });
    };
    await Promise.all([ask(), ask(), ask()]);
    const { result, waitedSeconds } = await beside;
    expect(waitedSeconds).toBeGreaterThan(0);
    expect(result).toEqual(alone.result);
  });
});
