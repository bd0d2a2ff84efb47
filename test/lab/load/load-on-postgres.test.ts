import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";
import { runProgram } from "../../support/run-program.js";

const PROGRAM = "src/lab/load/main.js";
const SIZE = ["--members", "200", "--comparisons", "600", "--model-delay", "20"];
const LOAD = [
  "--warm-up",
  "0",
  "--seconds",
  "10",
  "--messages",
  "6",
  "--reactions",
  "24",
  "--no-retraining",
];

describe("npm run load on PostgreSQL", () => {
  let folder: string;
  let database: TemporaryPostgres;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    // Where the tests are run by root, PostgreSQL's own user has to get to its data in there.
    chmodSync(folder, 0o755);
    database = await createTemporaryPostgres();
  });
  afterAll(async () => {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const load = (...parameters: string[]) =>
    runProgram(PROGRAM, [...SIZE, ...LOAD, "--folder", join(folder, "stores"), ...parameters], {
      TMPDIR: folder,
    });
  const count = async (kind: string) => {
    const sql = "SELECT count(*)::int AS count FROM attune WHERE starts_with(key, $1)";
    const [row] = await database.query<{ count: number }>(sql, [`${kind}:`]);
    return row!.count;
  };

  it("fills an empty database, shares it among processes, and puts it back for the next run", async () => {
    const json = join(folder, "shared.json");
    const first = await load("--store-url", database.url, "--json", json);
    expect(first).toMatchObject({ code: 0 });
    expect(first.errors).toContain("Filling postgres://");
    const { votes } = JSON.parse(readFileSync(json, "utf8"));
    expect(votes.sent).toBeGreaterThan(0);
    expect(await count("comparison")).toBe(600 + votes.sent);

    const shards = ["--shards", "4", "--processes", "2"];
    const second = await load("--store-url", database.url, ...shards, "--json", json);
    expect(second).toMatchObject({ code: 0 });
    expect(second.errors).toContain("Putting back");
    expect(second.output).toContain("one PostgreSQL store for all processes");
    const report = JSON.parse(readFileSync(json, "utf8"));
    expect(report.messages).toEqual({ sent: 60, answered: 60, doubled: 0, failed: 0 });
    expect(report.sessions).toBe(4);
    expect(await count("comparison")).toBe(600 + report.votes.sent);
  });

  it("refuses a database with records of somebody else, and leaves them", async () => {
    const other = await createTemporaryPostgres();
    try {
      const { code, errors: losses } = await load("--store-url", other.url);
      expect(code, losses).toBe(0);
      await other.query("DELETE FROM attune WHERE key = 'load:own'");
      const [before] = await other.query("SELECT count(*) FROM attune");
      const { code: refused, errors } = await load("--store-url", other.url);
      expect(refused).toBe(1);
      expect(errors).toContain("has records or deletions of its own");
      expect(await other.query("SELECT count(*) FROM attune")).toEqual([before]);
    } finally {
      await other.remove();
    }
  });

  it("runs on a server of its own beside SQLite, and leaves neither", async () => {
    const json = join(folder, "beside.json");
    const isServer = (name: string) => name.startsWith("attune-load-postgres-");
    const { code, errors } = await load(
      "--store",
      "postgres",
      "--beside",
      "sqlite",
      "--json",
      json,
    );
    expect(code, errors).toBe(0);
    const report = JSON.parse(readFileSync(json, "utf8"));
    expect(report.load.stores).toBe("one PostgreSQL store");
    expect(report.beside.load.stores).toBe("one SQLite store");
    for (const { messages, votes } of [report, report.beside]) {
      expect(messages).toEqual({ sent: 60, answered: 60, doubled: 0, failed: 0 });
      expect(votes.stored).toBe(votes.sent);
    }
    expect(readdirSync(folder).filter(isServer)).toEqual([]);
    // The lock's file stays where the move has read.
    const left = readdirSync(join(folder, "stores"));
    expect(left.filter((name) => !/^store-\d+-200-600\.sqlite(?:\.lock)?$/.test(name))).toEqual([]);
  });

  it("says what is wrong with stores that are none", async () => {
    const beside = await load("--beside", "sqlite");
    expect(beside).toMatchObject({ code: 2 });
    expect(beside.errors).toContain("what the load runs on anyway");
    const address = await load("--store-url", "mysql://nobody");
    expect(address).toMatchObject({ code: 2 });
    expect(address.errors).toContain("a database of PostgreSQL");
  });
});
