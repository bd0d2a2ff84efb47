import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { releasesOfClone, Updates } from "../../src/observability/updates.js";
import { startAnsweringServer } from "../support/answering-server.js";
import { createRecordingLog } from "../support/recording-log.js";

const PAGE = "https://example.org/attune/releases/9";

describe("news of a newer version", () => {
  let body: string;
  let status: number;
  let asked: number;
  let url: string;
  let close: () => Promise<void>;
  beforeEach(async () => {
    [body, status, asked] = ["{}", 200, 0];
    const server = await startAnsweringServer((_, response) => {
      asked++;
      response.statusCode = status;
      return body;
    });
    url = `${server.url}/releases/latest`;
    ({ close } = server);
  });
  afterEach(() => close());

  const releases = (tag: string, page = PAGE) => JSON.stringify({ tag_name: tag, html_url: page });

  it.each([
    ["v0.2.0", "0.2.0"],
    ["1.0.0", "1.0.0"],
    ["v0.1.10", "0.1.10"],
  ])("tells of %s, once", async (tag, version) => {
    const { log, events } = createRecordingLog();
    const updates = new Updates({ url, log, version: "0.1.9" });
    body = releases(tag);
    await updates.check();
    await updates.check();
    expect(updates.available).toEqual({ version, page: PAGE });
    const told = events.filter(({ event }) => event === "update.available");
    expect(told).toEqual([expect.objectContaining({ version, page: PAGE, running: "0.1.9" })]);
  });

  it.each(["v0.1.9", "0.1.8", "nightly", "v0.1.9-beta.1"])("keeps silent about %s", async (tag) => {
    const { log, events } = createRecordingLog();
    const updates = new Updates({ url, log, version: "0.1.9" });
    body = releases(tag);
    await updates.check();
    expect(updates.available).toBeUndefined();
    expect(events.filter(({ level }) => Number(level) > 20)).toEqual([]);
  });

  it.each([
    ["no JSON", 200, "<html>"],
    ["no release", 404, "{}"],
    ["a page that is no address", 200, '{"tag_name":"v9.9.9","html_url":"javascript:alert(1)"}'],
  ])("is nothing to worry about where there is %s", async (_, code, text) => {
    const { log, events } = createRecordingLog();
    const updates = new Updates({ url, log, version: "0.1.9" });
    [status, body] = [code, text];
    await updates.check();
    expect(updates.available).toBeUndefined();
    expect(events.map(({ event }) => event)).toEqual(["update.unknown"]);
  });

  it("is not asked for where it is switched off", async () => {
    const { log } = createRecordingLog();
    await new Updates({ url: "off", log }).check();
    expect(asked).toBe(0);
  });

  it.each([
    ["https://github.com/somebody/attune.git", "somebody/attune"],
    ["git@github.com:somebody/attune.git", "somebody/attune"],
    ["https://github.com/some.body/at-tune", "some.body/at-tune"],
    ["https://git.example.org/somebody/attune.git", undefined],
  ])("comes from where the copy was cloned: %s", (origin, name) => {
    const folder = mkdtempSync(join(tmpdir(), "attune-"));
    mkdirSync(join(folder, ".git"));
    const config = `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${origin}\n\tfetch = +x\n`;
    writeFileSync(join(folder, ".git", "config"), config);
    const expected = name && `https://api.github.com/repos/${name}/releases/latest`;
    expect(releasesOfClone(folder)).toBe(expected);
    rmSync(folder, { recursive: true });
    expect(releasesOfClone(folder)).toBeUndefined();
  });
});
