import { threadId } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { BusyThreads } from "../../workers/busy-threads.js";

function holdFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe("busy threads", () => {
  it("are those at one call for longer than is asked, and only while they are", () => {
    const busy = new BusyThreads();
    expect(busy.longerThan(0, [threadId])).toEqual([]);
    const seen = busy.during(() => {
      holdFor(60);
      return [busy.longerThan(20, [threadId]), busy.longerThan(60_000, [threadId])];
    });
    expect(seen[0]).toEqual([{ threadId, since: expect.any(Number) }]);
    expect(seen[1]).toEqual([]);
    expect(busy.longerThan(0, [threadId])).toEqual([]);
  });

  it("are idle again after a call that throws, and where a thread begins in the place of one that ended", () => {
    const busy = new BusyThreads();
    const fail = () =>
      busy.during(() => {
        throw new RangeError("no such axis");
      });
    expect(fail).toThrow(RangeError);
    expect(busy.longerThan(-1, [threadId])).toEqual([]);
    busy.during(() => {
      holdFor(5);
      new BusyThreads(busy.memory);
      expect(busy.longerThan(1, [threadId])).toEqual([]);
    });
  });

  it("leave out threads that have ended, which have no number any more", () => {
    expect(new BusyThreads().longerThan(-1, [-1])).toEqual([]);
  });
});
