import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TrainingClaim, TrainingTakenOverError } from "../../src/training/training-claim.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const NOW = 10;
const YEAR_MS = 365 * 24 * 60 * 60_000;
const FIRST = { job: "one", madeAt: 1, attempt: 0 };
const AGAIN = { ...FIRST, attempt: 1 };
const LATER = { job: "two", madeAt: 2, attempt: 0 };

describe("the claim to a training", () => {
  let temporary: TemporaryStore;
  beforeEach(async () => {
    temporary = await createTemporaryStore();
  });
  afterEach(() => temporary.remove());

  const take = (run: typeof FIRST) => TrainingClaim.take(temporary.store, "discord", run, NOW);
  const write = (claim: TrainingClaim) => {
    const { trials, writeTogether } = temporary.store;
    return writeTogether([trials.putting("adopted", { at: 1 })], claim.condition);
  };

  it.each([
    ["a later try at the same job", AGAIN],
    ["a later job", LATER],
  ])("passes to %s, and what came of the earlier one is not written", async (_, next) => {
    const first = await take(FIRST);
    const second = await take(next);
    expect(await write(first)).toBe(false);
    expect(await first.isHeld()).toBe(false);
    await expect(first.note({ done: 1, stage: "done" })).rejects.toThrow(TrainingTakenOverError);
    expect(await write(second)).toBe(true);
    expect(await second.isHeld()).toBe(true);
  });

  it("never goes back to an earlier one that was asleep when it wanted to begin", async () => {
    const later = await take(LATER);
    await expect(take(AGAIN)).rejects.toThrow(TrainingTakenOverError);
    expect(await later.isHeld()).toBe(true);
  });

  it("is not kept by a job that was made while the database's clock was wrong", async () => {
    const future = await take({ ...FIRST, madeAt: NOW + YEAR_MS });
    const later = await take(LATER);
    expect([await future.isHeld(), await later.isHeld()]).toEqual([false, true]);
  });

  it("tells how far the training is", async () => {
    await (await take(FIRST)).note({ done: 0.5, stage: "training on everybody" });
    const record = await temporary.store.trainingRuns.get("discord");
    expect(record).toMatchObject({ job: "one", done: 0.5, stage: "training on everybody" });
  });
});
