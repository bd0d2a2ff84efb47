import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TombstoneFile } from "../../src/store/sqlite/tombstone-file.js";

const MEMBER = { guildId: "810000000000000900", memberId: "880000000000000001" };

describe("tombstones", () => {
  let folder: string;
  let path: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    path = join(folder, "attune.sqlite");
    file = `${path}.deletions`;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are known again after a restart, and name nobody", () => {
    const before = new TombstoneFile(path);
    expect(before.of("person", MEMBER.memberId)).toBeUndefined();
    before.note("person", MEMBER.memberId, 5);
    before.note("reset", MEMBER, 7);
    const after = new TombstoneFile(path);
    expect(after.of("person", MEMBER.memberId)).toEqual({ number: 1, at: 5 });
    expect(after.index?.deletionOf(MEMBER)).toEqual({ number: 1, at: 5 });
    expect(after.lifeOf(MEMBER)).toBe(2);
    expect(after.lastTime(MEMBER)).toBe(7);
    expect(after.lifeOf({ ...MEMBER, memberId: "88" })).toBe(0);
    const text = readFileSync(file, "utf8");
    expect(text).not.toContain(MEMBER.memberId);
    expect(text).not.toContain(MEMBER.guildId);
  });

  it("have hashes of their own in every store", () => {
    const lines = [path, `${path}-2`].map((one) => {
      new TombstoneFile(one).note("person", MEMBER.memberId, 5);
      return readFileSync(`${one}.deletions`, "utf8").trim().split("\n").at(-1);
    });
    expect(lines[0]).not.toBe(lines[1]);
  });

  it("outlive a process that was killed within a line", () => {
    new TombstoneFile(path).note("person", MEMBER.memberId, 5);
    appendFileSync(file, "2 half-a-li");
    new TombstoneFile(path).note("person", "1", 6);
    const after = new TombstoneFile(path);
    expect(after.of("person", MEMBER.memberId)?.at).toBe(5);
    expect(after.of("person", "1")?.at).toBe(6);
  });

  it("stay few, however often one is replaced, and keep their numbers", () => {
    const before = new TombstoneFile(path);
    before.note("person", "1", 1);
    for (let n = 2; n <= 500; n++) before.note("unpooled", MEMBER, n);
    new TombstoneFile(path).compact();
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(3);
    const after = new TombstoneFile(path);
    expect(after.count).toBe(500);
    expect(after.of("unpooled", MEMBER)).toEqual({ number: 500, at: 500 });
    expect(after.of("person", "1")).toEqual({ number: 1, at: 1 });
  });

  it("that are damaged end the start with a sentence", () => {
    writeFileSync(file, "something else\n1 a 2\n");
    expect(() => new TombstoneFile(path)).toThrow(/damaged.*put a copy of it back/s);
  });

  it("are not counted where the file can't be written", () => {
    const broken = new TombstoneFile(join(folder, "missing", "attune.sqlite"));
    expect(() => broken.note("person", "1", 1)).toThrow(/ENOENT/);
    expect(broken.count).toBe(0);
  });
});
