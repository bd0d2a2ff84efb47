import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/store.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { runProgram } from "../support/run-program.js";
import { waitFor } from "../support/wait-for.js";

const PROGRAM = fileURLToPath(new URL("../../dist/src/cli/store.js", import.meta.url));
const RECORDS = 6_000;

describe("npm run store", () => {
  let folder: string;
  let file: string;
  let database: TemporaryPostgres;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    file = `sqlite://${join(folder, "attune.sqlite")}`;
    database = await createTemporaryPostgres();
    const store = await openStore(file, raise, { alone: true });
    const writes = Array.from({ length: RECORDS }, (_, at) =>
      store.settings.putting(String(at), { questionsPerDay: at % 20 }),
    );
    await store.writeTogether(writes);
    await store.close();
  });
  afterEach(async () => {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("-- move, killed again and again, goes on until all is there", async () => {
    let arrived = 0;
    while (arrived === 0) {
      const moving = spawn(process.execPath, [PROGRAM, "move", file, database.url]);
      const ended = once(moving, "exit");
      await waitFor(async () => {
        if (moving.exitCode !== null) return true;
        const begun = await countOf("attune").catch(() => 0);
        return begun > 0 || undefined;
      }, "the move");
      await wait(Math.random() * 30);
      moving.kill("SIGKILL");
      await ended;
      arrived = await countOf("attune").catch(() => 0);
    }
    const { code, output, errors } = await run("move", file, database.url);
    expect([code, errors]).toEqual([0, ""]);
    expect(output).toMatch(/settings: 6000\n.*counts and checksums are the same/s);
    expect(output + errors).not.toContain(new URL(database.url).password);
    const store = await openStore(database.url, raise, { alone: true });
    expect(await store.settings.count()).toBe(RECORDS);
    await store.close();
    const check = await run("check");
    expect([check.code, check.output]).toEqual([0, expect.stringMatching(/No damage found/)]);
  });

  it("-- move says what is wrong with an address", async () => {
    const wrong = await run("move", file, "attune.sqlite");
    expect([wrong.code, wrong.errors]).toEqual([1, expect.stringMatching(/TO should be sqlite/)]);
    const same = await run("move", file, file);
    expect([same.code, same.errors]).toEqual([1, expect.stringMatching(/two different ones/)]);
  });

  it("-- check finds damaged records, and columns that do not follow from theirs", async () => {
    await run("move", file, database.url);
    await database.query("UPDATE attune SET value = '{' WHERE key = 'settings:7'");
    await database.query("UPDATE attune SET guild = '1' WHERE key = 'settings:8'");
    const { code, output } = await run("check");
    expect(code).toBe(1);
    expect(output).toMatch(/Damaged record: settings:7\n/);
    expect(output).toMatch(/Damaged: the columns of settings:8 /);
  });

  it("-- deletions brings a database up to date that was restored from before a deletion", async () => {
    const store = await openStore(database.url, raise, { alone: true });
    const say = async (memberId: string) =>
      store.consents.set(`${memberId}:900`, { state: "granted", pooled: true, at: 1 });
    await say("11");
    await say("12");
    await say("13");
    await store.deletion.forgetMember("11", "everywhere", 5);
    // What a dump of this moment has.
    const kept = await database.query("SELECT * FROM attune");
    const noted = await database.query("SELECT * FROM attune_tombstones");
    await store.deletion.forgetMember("12", "everywhere", 6);
    await store.close();
    const exported = join(folder, "deletions.txt");
    expect((await run("deletions", "export", exported)).output).toMatch(/Wrote 2 deletions/);
    expect(readFileSync(exported, "utf8")).not.toMatch(/\b1[12]\b.*900/);
    expect((await run("deletions", "export", exported)).errors).toMatch(/already exists/);
    await restore(database, "attune", kept);
    await restore(database, "attune_tombstones", noted);
    const imported = await run("deletions", "import", exported);
    expect([imported.errors, imported.output]).toEqual([
      "",
      expect.stringMatching(/Noted 1 deletions/),
    ]);
    expect((await run("deletions", "import", exported)).output).toMatch(/Noted 0 deletions/);
    const again = await openStore(database.url, raise, { alone: true });
    expect(await again.consents.get("12:900")).toBeUndefined();
    expect(await again.consents.get("13:900")).toBeDefined();
    expect(await again.deletion.lastTime({ guildId: "900", memberId: "12" })).toBe(6);
    await again.close();
    expect((await run("deletions", "import", join(folder, "none"))).errors).toMatch(/no file/);
    expect((await run("deletions", "import", PROGRAM)).errors).toMatch(/no file of deletions/);
  });

  it("-- backup and -- restore say how PostgreSQL does it, without the password", async () => {
    const { errors } = await run("backup");
    expect(errors).toMatch(/pg_dump --format=custom/);
    const restored = await run("restore", "attune.dump");
    expect(restored.errors).toMatch(/deletions export[\s\S]*pg_restore[\s\S]*deletions import/);
    expect(errors + restored.errors).not.toContain(new URL(database.url).password);
    expect(existsSync("attune.dump")).toBe(false);
  });

  function run(...parameters: string[]) {
    return runProgram("src/cli/store.js", parameters, { STORE_URL: database.url });
  }

  async function countOf(table: string): Promise<number> {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table}`,
    );
    return row!.count;
  }
});

async function restore(
  database: TemporaryPostgres,
  table: string,
  rows: readonly object[],
): Promise<void> {
  await database.query(`DELETE FROM ${table}`);
  await database.query(
    `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1::json)`,
    [JSON.stringify(rows)],
  );
}

function raise(error: unknown): never {
  throw error;
}
