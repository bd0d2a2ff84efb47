import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.js";
import { VARIABLES } from "../src/shared/environment/variables.js";

/** Of the database's own image. */
const FOREIGN = /^POSTGRES_/;

describe("the files for deployment", () => {
  const files = globSync("deploy/**/*.yaml");

  it("set no variable that there is not", () => {
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      const names = [...text.matchAll(/^\s+(?:- name: )?([A-Z][A-Z_]+):?(?=\s|$)/gm)].map(
        ([, name]) => name!,
      );
      const ours = names.filter((name) => !FOREIGN.test(name) && name !== "ALL");
      expect(ours.length).toBeGreaterThan(1);
      for (const name of ours) expect(VARIABLES, file).toContain(name);
    }
  });

  it.each(["bot", "trainer"])("give a %s settings that it starts with", (ROLE) => {
    const environment = {
      STORE_URL: "postgres://attune:password@postgres:5432/attune",
      DISCORD_TOKEN: "token",
      SHARD_COUNT: "2",
      SHARDS: "1",
      METRICS_PORT: "9464",
      METRICS_HOST: "10.0.0.1",
    };
    expect(readConfig({ ...environment, ROLE }).role).toBe(ROLE);
  });
});
