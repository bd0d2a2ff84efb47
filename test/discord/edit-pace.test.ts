import { describe, expect, it } from "vitest";
import { EditPace } from "../../src/discord/messages/edit-pace.js";

describe("the pace of edits", () => {
  let now = 0;
  const paceAt = () => {
    now = 0;
    return new EditPace(1_200, () => now);
  };

  it("is shared by all that is edited in a channel, and by no other channel", () => {
    const pace = paceAt();
    expect(pace.waitMs("one")).toBe(0);
    pace.begin("one")();
    expect(pace.waitMs("one")).toBe(1_200);
    expect(pace.waitMs("other")).toBe(0);
    now = 1_000;
    expect(pace.waitMs("one")).toBe(200);
    now = 1_200;
    expect(pace.waitMs("one")).toBe(0);
  });

  it("lets no more than five edits into five seconds", () => {
    const pace = paceAt();
    const edits: number[] = [];
    for (now = 0; now < 60_000; now += 10) {
      if (pace.waitMs("one") > 0) continue;
      edits.push(now);
      pace.begin("one")();
    }
    for (const [at, edit] of edits.entries()) {
      expect((edits[at + 5] ?? Number.POSITIVE_INFINITY) - edit).toBeGreaterThan(5_000);
    }
  });

  it("slows down when Discord makes an edit wait, and recovers", () => {
    const pace = paceAt();
    const done = pace.begin("one");
    now = 3_000;
    done();
    expect(pace.waitMs("one")).toBe(3_000);
    now = 6_000;
    pace.begin("one")();
    expect(pace.waitMs("one")).toBe(1_200);
    const late = pace.begin("one");
    now += 60_000;
    late();
    expect(pace.waitMs("one")).toBe(0);
  });
});
