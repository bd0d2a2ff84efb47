import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LOCK_CLASSES } from "../../../src/store/postgres/locks.js";
import { WRITE_ALL } from "../../../src/store/postgres/write-rows.js";

const script = readFileSync(
  new URL("../../../deploy/pgbench/vote.sql", import.meta.url),
  "utf8",
).replaceAll(/\s+/g, " ");

describe("deploy/pgbench/vote.sql", () => {
  it("writes with the statement that the bot writes with", () => {
    expect(script).toContain(`AS ${WRITE_ALL.replaceAll(/\s+/g, " ")};`);
  });

  it("takes the bot's locks", () => {
    expect(script).toContain(`pg_advisory_xact_lock_shared(${LOCK_CLASSES.life}, number)`);
    expect(script).toContain(`pg_advisory_xact_lock(${LOCK_CLASSES.key}, number)`);
  });
});
