import { describe, expect, it } from "vitest";
import { isWithin, trainingWindow } from "../../../src/lab/load/training-window.js";

const STARTED = { event: "retraining.started", time: 20_000, readingSeconds: 4, members: 5 };
const TRAINED = { event: "training.backend", time: 50_000, waitedSeconds: 7 };
const FINISHED = { event: "retraining.finished", time: 60_000, adopted: true };

describe("when a retraining ran under the load", () => {
  it("is from the first vote that it reads to the last profile", () => {
    expect(trainingWindow([STARTED, TRAINED, FINISHED], 99_000)).toMatchObject({
      ...{ from: 16_000, to: 60_000, ended: true, seconds: 44 },
      ...{ readingSeconds: 4, trainingSeconds: 30, waitedSeconds: 7, adopted: true, members: 5 },
    });
  });

  it("is up to now while it goes on, and never where none began", () => {
    const window = trainingWindow([STARTED], 30_000);
    expect(window).toMatchObject({ from: 16_000, to: 30_000, ended: false });
    expect(window!.trainingSeconds).toBeUndefined();
    expect(trainingWindow([{ event: "bot.ready", time: 1 }], 30_000)).toBeUndefined();
  });

  it("has the messages that were on their way then", () => {
    const window = trainingWindow([STARTED, TRAINED, FINISHED], 99_000)!;
    const message = (at: number, ms: number | undefined) => isWithin(window, { at, ms });
    expect(message(15_000, 900)).toBe(false);
    expect(message(15_000, 1_000)).toBe(true);
    expect(message(60_000, 10)).toBe(true);
    expect(message(60_001, 10)).toBe(false);
    expect(message(30_000, undefined)).toBe(true);
  });
});
