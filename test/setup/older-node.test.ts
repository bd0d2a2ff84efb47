import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isNewEnough } from "../../src/setup/suitable-node.mjs";
import { findOlderNode } from "../support/older-node.js";

const olderNode = findOlderNode();

describe("which Node is new enough", () => {
  it.each([
    ["20.20.2", false],
    ["22.11.9", false],
    ["22.12.0", true],
    ["24.0.0", true],
    ["26.10.0", true],
  ])("%s: %s", (version, isIt) => {
    expect(isNewEnough(version)).toBe(isIt);
  });

  it("is the same in package.json", () => {
    const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
    const [, minimum] = /^>=(\d+\.\d+)$/.exec(engines.node) ?? [];
    const [major, minor] = minimum!.split(".").map(Number);
    expect(isNewEnough(`${major}.${minor}.0`)).toBe(true);
    expect(isNewEnough(`${major}.${minor! - 1}.9`)).toBe(false);
  });
});

describe.skipIf(olderNode === undefined)("on a machine whose Node is too old", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("a command runs with a newer one, its child processes and threads too, and ends as it does", () => {
    const program = join(folder, "versions.mjs");
    writeFileSync(
      program,
      `import { execFileSync } from "node:child_process";
      import { Worker } from "node:worker_threads";
      const child = execFileSync("node", ["--version"], { encoding: "utf8" }).trim();
      const worker = new Worker("require('node:worker_threads').parentPort.postMessage(process.version)", { eval: true });
      worker.on("message", (thread) => {
        console.log(JSON.stringify([process.version, child, thread, ...process.argv.slice(2)]));
        process.exitCode = 7;
      });`,
    );
    const run = spawnSync(
      olderNode!,
      ["src/setup/run.mjs", relative(process.cwd(), program), "--option", "two words"],
      { encoding: "utf8" },
    );
    const [version, ...others] = JSON.parse(run.stdout) as [string, ...string[]];
    expect(isNewEnough(version.slice(1))).toBe(true);
    expect(others).toEqual([version, version, "--option", "two words"]);
    expect(run.status).toBe(7);
  });

  it.each([
    ["the network is away", { npm_config_registry: "http://127.0.0.1:9" }],
    ["there is no npm", { PATH: "/nowhere" }],
  ])("says what to do where %s, and leaves nothing half-done", (_where, environment) => {
    cpSync("src/setup", join(folder, "src", "setup"), { recursive: true });
    const run = spawnSync(olderNode!, [join(folder, "src", "setup", "start.mjs")], {
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        npm_config_cache: join(folder, "cache"),
        npm_config_fetch_retries: "0",
        ...environment,
      },
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(
      /^Attune needs Node 22\.12 or newer, and this is \d+\.\d+\.\d+: fetching Node 22 /,
    );
    expect(run.stderr.trim().split("\n").at(-1)).toMatch(
      /^Node 22 could not be fetched .*Check the network .* install Node 22 or newer from https:\/\/nodejs\.org\.$/,
    );
    expect(readdirSync(join(folder, ".node"))).toEqual([]);
  });
});
