import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { argumentsFor } from "./kill-files.mjs";

const FAULTS = dirname(fileURLToPath(import.meta.url));
const PROJECT = join(FAULTS, "..", "..");

describe("npm run kill", { timeout: 120_000 }, () => {
  const fleet = readdirSync(FAULTS).filter((name) => /^fleet.*\.test\.ts$/.test(name));

  it.each([
    ["sqlite", ["kills.test.ts"]],
    ["postgres", fleet],
  ] as const)("on %s runs the kills and no other test", async (store, files) => {
    const vitest = join(PROJECT, "node_modules", "vitest", "vitest.mjs");
    const list = [vitest, "list", "--filesOnly", ...argumentsFor(store)];
    const { stdout } = await promisify(execFile)(process.execPath, list, { cwd: PROJECT });
    const found = stdout.trim().split("\n");
    expect(files.length).toBeGreaterThan(0);
    expect(found.sort()).toEqual(files.map((name) => `test/faults/${name}`).sort());
  });
});
