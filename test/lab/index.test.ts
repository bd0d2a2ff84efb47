import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const PAGES = readdirSync("docs").filter((name) => name.endsWith(".md"));

describe("the documentation", () => {
  it("has every page in its index", () => {
    const index = readFileSync("docs/README.md", "utf8");
    for (const page of PAGES.filter((name) => name !== "README.md")) {
      expect(index).toContain(`](${page})`);
    }
  });

  it.each(["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", ...PAGES.map(inDocs)])(
    "links from %s to files that are there",
    (page) => {
      for (const [, target] of readFileSync(page, "utf8").matchAll(/\]\(([^)#\s]+)/g)) {
        if (target!.includes("://")) continue;
        const file = normalize(join(dirname(page), target!));
        expect([file, existsSync(file)]).toEqual([file, true]);
      }
    },
  );

  it("names source files that are there", () => {
    for (const page of [...PAGES.map(inDocs), "README.md", "CONTRIBUTING.md"]) {
      const text = readFileSync(page, "utf8");
      for (const [, file] of text.matchAll(/`((?:src|models|workers|commands|test)\/[\w./-]+)`/g)) {
        expect([page, file, existsSync(file!)]).toEqual([page, file, true]);
      }
    }
  });
});

function inDocs(page: string): string {
  return `docs/${page}`;
}
