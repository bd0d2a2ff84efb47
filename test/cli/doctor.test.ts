import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkDisk, checkNode } from "../../src/doctor/machine-check.js";
import { type HealthySetUp, healthySetUp } from "../support/healthy-set-up.js";
import { runProgram } from "../support/run-program.js";

const MEGABYTE = 1024 * 1024;

describe("npm run doctor", () => {
  let setUp: HealthySetUp;
  beforeEach(async () => {
    setUp = await healthySetUp();
  });
  afterEach(() => setUp.close());

  it("says that all is well, ends with 0, and prints no secret", async () => {
    const { code, output } = await run();
    expect(output).toMatch(/All is well\.\n$/);
    expect(output).toMatch(/^ok +Settings +read from the environment/);
    for (const name of ["DISCORD_TOKEN", "ENCRYPTION_KEY"]) {
      expect(output).not.toContain(setUp.environment[name]);
    }
    expect(code).toBe(0);
  });

  it("ends with 1 where something is wrong, with what to do in the next line", async () => {
    const { code, output } = await run({ DISCORD_TOKEN: "an.old.token" });
    expect(output).toMatch(/^WRONG +Token +Discord refuses the token\.\n +→ copy it again/m);
    expect(output).toMatch(/1 thing is wrong\.\n$/);
    expect(code).toBe(1);
  });

  it("names every setting that can't be read", async () => {
    const { code, output } = await run({ CANDIDATES: "many", BALLOT_DAYS: "99" });
    expect(output).toMatch(/WRONG +Settings +CANDIDATES should be/);
    expect(output).toMatch(/WRONG +Settings +BALLOT_DAYS should be/);
    expect(code).toBe(1);
  });

  it("names a file of settings with another name, and one that others may read", async () => {
    writeFileSync(join(setUp.folder, "env.txt"), "DISCORD_TOKEN=some.token\n");
    const other = await runProgram("src/cli/doctor.js", [], {}, setUp.folder);
    expect(other.output).toMatch(/WRONG +Settings +env\.txt is not read: rename it to \.env/);
    const file = join(setUp.folder, ".env");
    writeFileSync(file, "LOCAL_SERVERS=off\n");
    chmodSync(file, 0o644);
    const open = await runProgram("src/cli/doctor.js", [], {}, setUp.folder);
    expect(open.output).toMatch(/note +Settings +other accounts .* may read \.env/);
    expect(open.output).toMatch(/→ run: chmod 600 \.env/);
  });

  it("prints its findings as JSON for a script", async () => {
    const { output } = await run({}, "--json");
    const findings = JSON.parse(output) as { topic: string; state: string }[];
    expect(findings.every(({ state }) => state === "well")).toBe(true);
    expect(findings.map(({ topic }) => topic)).toContain("Store");
  });

  function run(changes: NodeJS.ProcessEnv = {}, ...parameters: string[]) {
    return runProgram("src/cli/doctor.js", parameters, { ...setUp.environment, ...changes });
  }
});

describe("the machine", () => {
  it("needs a Node that is new enough", () => {
    expect(checkNode("22.12.0").state).toBe("well");
    expect(checkNode("24.0.1").state).toBe("well");
    expect(checkNode("22.11.0")).toMatchObject({
      state: "wrong",
      text: expect.stringMatching(/^22\.11\.0 is too old/),
    });
    expect(checkNode("20.20.2").remedy).toMatch(/nodejs\.org/);
  });

  it("needs room for the store", async () => {
    const state = async (megabytes: number) =>
      (await checkDisk("data/attune.sqlite", async () => megabytes * MEGABYTE)).state;
    expect(await state(5_000)).toBe("well");
    expect(await state(500)).toBe("advice");
    expect(await state(50)).toBe("wrong");
  });
});
