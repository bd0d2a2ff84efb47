import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const DOCKERFILE = readFileSync("Dockerfile", "utf8");
const [BUILD = "", RUN = ""] = DOCKERFILE.split(/^FROM /m).slice(1);

describe("the image", () => {
  it("is built from files that are there, and no other file gets near it", () => {
    const copied = [...BUILD.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) =>
      sources!.split(" "),
    );
    const ignored = readFileSync(".dockerignore", "utf8").split("\n");
    const admitted = ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    expect(ignored).toContain("*");
    expect(admitted.sort()).toEqual(copied.sort());
    for (const file of copied) expect([file, existsSync(file)]).toEqual([file, true]);
    expect(RUN).not.toMatch(/^COPY (?!--from=build)/m);
  });

  it("leaves out what measures the product", () => {
    const ignored = readFileSync(".dockerignore", "utf8").trim().split("\n");
    expect(ignored.indexOf("src/lab")).toBeGreaterThan(ignored.indexOf("!src"));
  });

  it("starts the program itself, as a user without rights", () => {
    const commands = [...RUN.matchAll(/CMD (\[.+\])$/gm)].map(([, json]) => JSON.parse(json!));
    expect(commands.map(([node]) => node)).toEqual(["node", "node"]);
    for (const command of commands) {
      const program = command.find((part: string) => part.startsWith("/attune/dist/"));
      const built = String(program).replace("/attune/dist/", "").replace(/js$/, "ts");
      expect([built, existsSync(built)]).toEqual([built, true]);
    }
    expect(RUN.indexOf("USER node")).toBeLessThan(RUN.indexOf("HEALTHCHECK"));
  });

  it("ends a bot that hangs, which is not process 1, and is started again", () => {
    expect(RUN).toMatch(/^ENTRYPOINT \["\/usr\/bin\/tini", "--"\]$/m);
    expect(RUN).toMatch(/^HEALTHCHECK .*\n.*"--end-hung", "1"\]$/m);
    expect(readFileSync("docs/compose.yaml", "utf8")).toMatch(/^ {4}restart: unless-stopped$/m);
  });
});

describe("what starts the bot", () => {
  it("gives Node the same options everywhere", () => {
    const optionsIn = (text = "") => text.match(/--[\w-]+(?:=\w+)?/g) ?? [];
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    const options = optionsIn(scripts.start);
    expect(options).not.toEqual([]);
    expect(optionsIn(/^CMD .*main\.js.*$/m.exec(RUN)?.[0])).toEqual(options);
    const unit = readFileSync("docs/attune.service", "utf8");
    expect(optionsIn(/^ExecStart=.*$/m.exec(unit)?.[0])).toEqual(options);
  });

  it.each([
    ["docs/compose.yaml", /stop_grace_period: (\d+)s/],
    ["docs/attune.service", /TimeoutStopSec=(\d+)/],
  ])("gives it more than ten seconds to end: %s", (file, pattern) => {
    const [, seconds] = pattern.exec(readFileSync(file, "utf8")) ?? [];
    expect(Number(seconds)).toBeGreaterThan(10);
  });
});
