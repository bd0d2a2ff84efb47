import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codeRows } from "../support/markdown-table.js";

/** logFailure is an error, or an info where it is normal life; its own declaration is no call. */
const CALL = /\blog\??\.(fatal|error|warn|info|debug|trace)\(|\blogFailure\((?!log: )/g;
const NAMED_CALL =
  /\b(?:log\??\.(fatal|error|warn|info|debug|trace)\(|logFailure\(\s*[\w.]*log,\s*)\{\s*event: "([a-z.-]+)"/g;
const SETTING_A_NAME = /\bevent: ["`']/g;

describe("the page on the log", () => {
  const sources = ["src", "commands", "workers", "models"].flatMap(sourcesIn);

  it("finds a name, written out, in every call of the log", () => {
    for (const { file, text } of sources) {
      const names = count(text, SETTING_A_NAME);
      expect([file, count(text, CALL), names]).toEqual([
        file,
        count(text, NAMED_CALL),
        count(text, NAMED_CALL),
      ]);
    }
  });

  it("lists every event with its level, and no event that there is not", () => {
    const used = sources.flatMap(({ text }) =>
      [...text.matchAll(NAMED_CALL)].map(([, level, event]) => `${event} ${level ?? "error"}`),
    );
    const listed = codeRows("docs/logs.md").map(([event, level]) => `${event} ${level}`);
    expect(used.length).toBeGreaterThan(30);
    expect(listed).toEqual([...new Set(used)].sort());
  });
});

function sourcesIn(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file))
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
