import { describe, expect, it } from "vitest";
import { isTooOld } from "../../src/discord/gateway/client.js";

const NOW = 10_000_000_000;

/** Caches of messages that are so many minutes old, and the ages that stay in them after a sweep. */
function sweep(mostMessages: number, ...channels: number[][]) {
  const caches = channels.map(
    (ages) => new Map(ages.map((age) => [age, { createdTimestamp: NOW - age * 60_000 }])),
  );
  const goes = isTooOld(caches, NOW, mostMessages);
  return caches.map((cache) => [...cache].filter(([, one]) => !goes(one)).map(([age]) => age));
}

describe("the sweep of messages in memory", () => {
  it("leaves the newest of all channels together", () => {
    expect(sweep(3, [1, 2, 30], [3, 40], [50])).toEqual([[1, 2], [3], []]);
  });

  it("leaves everything of the last hour if there is little, and nothing that is older", () => {
    expect(sweep(10, [1, 59, 61], [600], [])).toEqual([[1, 59], [], []]);
  });
});
