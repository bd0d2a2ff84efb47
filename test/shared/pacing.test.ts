import { describe, expect, it } from "vitest";
import { atHalfSpeed, Steps } from "../../src/shared/pacing.js";

const busyFor = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

describe("long work on the event loop", () => {
  it("lets others in between its steps", async () => {
    const steps = new Steps();
    let over = false;
    let others = 0;
    const other = () => {
      others++;
      if (!over) setImmediate(other);
    };
    setImmediate(other);
    for (let step = 0; step < 20; step++) {
      const before = others;
      busyFor(5);
      await steps.rest();
      expect(others).toBeGreaterThan(before);
    }
    over = true;
  });

  it("comes to its end although the event loop is always late", async () => {
    let over = false;
    const hog = () => {
      busyFor(15);
      if (!over) setImmediate(hog);
    };
    setImmediate(hog);
    const steps = new Steps();
    let done = 0;
    for (let step = 0; step < 3; step++) {
      busyFor(5);
      await steps.rest();
      await atHalfSpeed(async () => {
        done++;
      });
    }
    over = true;
    expect(done).toBe(3);
  });
});
