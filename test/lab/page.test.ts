import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runProgram } from "../support/run-program.js";

const SECTIONS = new Map(
  readFileSync("docs/lab.md", "utf8")
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section]),
);
const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));

describe("docs/lab.md", () => {
  it.each(readdirSync("src/lab"))("lists every option of npm run %s", async (tool) => {
    expect(scripts[tool]).toBe(`node src/setup/run.mjs dist/src/lab/${tool}/main.js`);
    const { code, output } = await runProgram(`src/lab/${tool}/main.js`, ["--help"], {});
    expect(code).toBe(0);
    const options = optionsIn(output, /^ {2}(?:-h, )?(--[a-z-]+)/gm);
    const listed = optionsIn(SECTIONS.get(tool) ?? "", /^\| `(--[a-z-]+)/gm);
    expect([...listed, "--help"]).toEqual(options);
  });
});

function optionsIn(text: string, pattern: RegExp): (string | undefined)[] {
  return [...text.matchAll(pattern)].map(([, option]) => option);
}
