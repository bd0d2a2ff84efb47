import { describe, expect, it } from "vitest";
import { Cooldown } from "../../src/limits/cooldown.js";
import { ReportTurns } from "../../src/limits/report-turns.js";

const GAP_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

describe("what may be done once in a while", () => {
  let now = Date.UTC(2026, 0, 31, 12);
  const clock = () => now;

  it("is nobody's turn again before the gap is over, unless the turn was given back", () => {
    const turns = new Cooldown(GAP_MS, clock);
    expect(turns.claim("a")).toBeUndefined();
    expect(turns.claim("a")).toBe(now + GAP_MS);
    expect(turns.next("a")).toBe(now + GAP_MS);
    expect(turns.claim("b")).toBeUndefined();
    turns.release("a");
    expect(turns.next("a")).toBeUndefined();
    expect(turns.claim("a")).toBeUndefined();
    now += GAP_MS;
    expect(turns.claim("a")).toBeUndefined();
  });

  it("makes nobody wait for longer than the gap where the clock was set back", () => {
    const turns = new Cooldown(GAP_MS, clock);
    turns.claim("a");
    now -= DAY_MS;
    expect(turns.claim("a")).toBe(now + GAP_MS);
    now += GAP_MS;
    expect(turns.claim("a")).toBeUndefined();
  });

  it("is each member's own for reports, and bounded for a server, others apart", () => {
    const turns = new ReportTurns(clock);
    const members = Array.from({ length: 30 }, (_, at) => `member-${at}`);
    const sent = members.filter((member) => turns.claim("server", member) === undefined);
    expect(sent).toHaveLength(5);
    expect(turns.claim("elsewhere", "member-29")).toBeUndefined();
    expect(turns.next("server", "member-0")).toBeGreaterThan(now + 4 * 60_000);
    turns.release("server", "member-0");
    now += 60_000;
    expect(turns.next("server", "member-0")).toBeUndefined();
  });
});
