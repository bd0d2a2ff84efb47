import { describe, expect, it } from "vitest";
import { isOldEnough } from "../../src/members/may-pool.js";

const DAY = 24 * 60 * 60 * 1000;
/** Discord's own example: made at 2016-04-30 11:18:25.796 UTC. */
const ACCOUNT = "175928847299117063";
const MADE_AT = Date.UTC(2016, 3, 30, 11, 18, 25, 796);

describe("the age of an account", () => {
  it("is told by its id, to the millisecond", () => {
    expect(isOldEnough(ACCOUNT, 14, MADE_AT + 14 * DAY - 1)).toBe(false);
    expect(isOldEnough(ACCOUNT, 14, MADE_AT + 14 * DAY)).toBe(true);
  });

  it("does not matter where no age is asked for, or where the id is no snowflake", () => {
    expect(isOldEnough(ACCOUNT, 0, MADE_AT)).toBe(true);
    expect(isOldEnough("you", 14, MADE_AT)).toBe(true);
  });
});
