import { describe, expect, it } from "vitest";
import { PutOff } from "../../src/shared/put-off.js";
import { waitFor } from "../support/wait-for.js";

describe("work that is put off", () => {
  it("is done once for all who ask before it is due", async () => {
    let runs = 0;
    const work = workOf(20, async () => {
      runs += 1;
    });
    for (let time = 0; time < 100; time++) work.ask();
    expect(runs).toBe(0);
    await waitFor(() => (runs > 0 ? true : undefined), "the work");
    work.ask();
    await waitFor(() => (runs > 1 ? true : undefined), "the work for those who came later");
    expect(runs).toBe(2);
  });

  it("is done at once where somebody waits, never twice at a time, and the timer has nothing left to do", async () => {
    let runs = 0;
    let open: () => void = () => undefined;
    const work = workOf(1, async () => {
      runs += 1;
      await new Promise<void>((resolve) => {
        open = resolve;
      });
    });
    const first = work.now();
    const others = [work.now(), work.now()];
    expect(runs).toBe(1);
    open();
    await first;
    await waitFor(() => (runs === 2 ? true : undefined), "the second run");
    work.ask();
    work.cancel();
    open();
    await Promise.all(others);
    expect(runs).toBe(2);
  });

  it("tells what it has thrown to whoever waits, and to onError where nobody does", async () => {
    const told: unknown[] = [];
    const error = new Error("broken");
    const work = workOf(
      1,
      () => Promise.reject(error),
      (one) => told.push(one),
    );
    await expect(work.now()).rejects.toBe(error);
    expect(told).toEqual([]);
    work.ask();
    await waitFor(() => (told.length > 0 ? true : undefined), "the error");
    expect(told).toEqual([error]);
  });
});

function workOf(
  afterMs: number,
  action: () => Promise<void>,
  onError: (error: unknown) => void = (error) => {
    throw error;
  },
): PutOff {
  return new PutOff({ afterMs, action, onError });
}
