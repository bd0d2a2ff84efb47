import { getEventListeners } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Deadline } from "../../src/shared/deadline.js";

describe("a deadline", () => {
  it("is over after its time, also where the garbage is collected before that", async () => {
    const over = aborted(new Deadline(30, () => new Error("too late")));
    collectGarbage();
    expect(await over).toMatchObject({ message: "too late" });
    expect(await aborted(new Deadline(1))).toMatchObject({ name: "TimeoutError" });
  });

  it("is over as soon as it is given up from outside, also from the start", async () => {
    const outer = new AbortController();
    const deadline = new Deadline(60_000, undefined, outer.signal);
    outer.abort(new Error("given up"));
    expect(deadline.signal.reason).toMatchObject({ message: "given up" });
    const late = new Deadline(60_000, undefined, outer.signal);
    expect(late.signal.reason).toMatchObject({ message: "given up" });
    for (const one of [deadline, late]) one.end();
  });

  it("does not come any more once it is lifted, and can still be given up", async () => {
    const outer = new AbortController();
    const deadline = new Deadline(1, undefined, outer.signal);
    deadline.lift();
    // A later one is over, so the first would be.
    await aborted(new Deadline(5));
    expect(deadline.signal.aborted).toBe(false);
    outer.abort();
    expect(deadline.signal.aborted).toBe(true);
    deadline.end();
  });

  it("leaves nothing behind where it is ended, even if somebody still listens to it", async () => {
    const outer = new AbortController();
    const signal = endedDeadline(outer.signal);
    expect(getEventListeners(outer.signal, "abort")).toEqual([]);
    // A reference that was followed is kept until the turn is over.
    await nextTurn();
    collectGarbage();
    expect(signal.deref()).toBeUndefined();
  });
});

function aborted({ signal }: Deadline): Promise<unknown> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(signal.reason));
  });
}

function endedDeadline(outer: AbortSignal): WeakRef<AbortSignal> {
  const deadline = new Deadline(60_000, undefined, outer);
  deadline.signal.addEventListener("abort", () => undefined);
  deadline.end();
  return new WeakRef(deadline.signal);
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
