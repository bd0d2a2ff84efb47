import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutGap } from "../../src/discord/messages/conversation-start.js";

const WEEK_MS = 7 * 24 * 3_600_000;

describe("where a conversation begins", () => {
  it("is after the last gap, whatever came when", () => {
    const times = fc.array(fc.integer({ min: 0, max: 2 * WEEK_MS }), { maxLength: 60 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: WEEK_MS }), (ages, gapMs) => {
        const messages = [...ages].sort((a, b) => b - a).map((age) => ({ createdTimestamp: -age }));
        const next = { createdTimestamp: 0 };
        const kept = withoutGap(messages, next, gapMs);
        expect(kept).toEqual(messages.slice(messages.length - kept.length));
        const all = [...kept, next];
        const gaps = all
          .slice(1)
          .map((one, at) => one.createdTimestamp - all[at]!.createdTimestamp);
        expect(gaps.every((gap) => gap <= gapMs)).toBe(true);
        expect(kept.every(({ createdTimestamp }) => createdTimestamp >= -WEEK_MS)).toBe(true);
        const left = messages[messages.length - kept.length - 1];
        if (left === undefined) return;
        const gap = all[0]!.createdTimestamp - left.createdTimestamp;
        expect(gap > gapMs || left.createdTimestamp < -WEEK_MS).toBe(true);
      }),
    );
  });
});
