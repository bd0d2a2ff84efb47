/** A Node on this machine that Attune asks more of than it has, for tests of what happens there. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isNewEnough } from "../../src/setup/suitable-node.mjs";

/** The path of the program; undefined where every Node of PATH is new enough. */
export function findOlderNode(): string | undefined {
  const programs = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "node"));
  return programs.filter((program) => existsSync(program)).find(isOlder);
}

function isOlder(program: string): boolean {
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return /^v\d/.test(stdout) && !isNewEnough(stdout.trim().slice(1));
}
