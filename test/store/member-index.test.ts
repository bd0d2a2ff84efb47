import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, TABLE } from "../../src/store/sqlite/database.js";
import { openStore } from "../../src/store/store.js";
import { filesWith } from "../support/bytes-of-files.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const raise = (error: unknown) => {
  throw error;
};

describe("the records of a member", () => {
  let temporary: TemporaryStore;
  let path: string;
  beforeEach(async () => {
    temporary = await createTemporaryStore();
    path = temporary.url.replace("sqlite://", "");
  });
  afterEach(() => temporary.remove());

  it("are found by an index, however many members there are", async () => {
    const database = await openDatabase(path, "read", 5_000);
    const plan = await database.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT key, value FROM ${TABLE} WHERE member = '1' ORDER BY key`,
    );
    await database.close();
    expect(plan.map(({ detail }) => detail).join("\n")).toMatch(
      /SEARCH .* USING INDEX attune_members/,
    );
  });

  it("are found under every kind of key, and nobody else's", async () => {
    const { store } = temporary;
    const at = 1;
    const calibration = { language: "en", asked: 0, answered: 0, used: [] };
    for (const id of ["12", "123", "2"]) {
      await store.consents.set(`${id}:900`, { state: "granted", pooled: false, at });
      await store.questions.set(`900:${id}`, { day: "", count: 0, since: 0 });
      await store.calibrations.set(`901:${id}`, calibration);
      await store.replies.set(`7${id}`, { guildId: "902", memberId: id, tipped: [], expiresAt: 1 });
    }
    // The member's id as another kind of id.
    await store.settings.set("12", {});
    await store.questions.set("12:77", { day: "", count: 0, since: 0 });
    const rows = await store.deletion.rowsOf("12");
    expect(rows.map(({ key, guildId }) => [key, guildId]).sort()).toEqual([
      ["calibration:901:12", "901"],
      ["consent:12:900", "900"],
      ["questions:900:12", "900"],
      ["reply:712", "902"],
    ]);
    await store.deletion.forgetGuild("900", [], 2);
    const left = await store.deletion.rowsOf("12");
    expect(left.map(({ key }) => key).sort()).toEqual(["calibration:901:12", "reply:712"]);
  });

  it("of a store of before are found too, and what was deleted there leaves the file", async () => {
    await temporary.store.close();
    const old = `${path}-old`;
    const database = await openDatabase(old, "create", 5_000);
    await database.all(`CREATE TABLE ${TABLE}(key VARCHAR(255) PRIMARY KEY, value TEXT)`);
    const put = `INSERT INTO ${TABLE} VALUES (?, ?)`;
    await database.all(put, "consent:12:900", '{"value":{"state":"granted","pooled":true,"at":1}}');
    await database.all(put, "ballot:1", "no JSON at all, of 12");
    await database.all(put, "ballot:2", "DELETED LONG AGO");
    await database.all(`DELETE FROM ${TABLE} WHERE key = 'ballot:2'`);
    await database.close();
    expect(readFileSync(old).includes("DELETED LONG AGO")).toBe(true);
    const store = await openStore(`sqlite://${old}`, raise, { alone: true });
    expect((await store.deletion.rowsOf("12")).map(({ key }) => key)).toEqual([
      "consent:12:900",
      "ballot:1",
    ]);
    await store.close();
    expect(readFileSync(old).includes("DELETED LONG AGO")).toBe(false);
  });

  it("leave the log as well, as soon as a reader of another process lets go of it", async () => {
    const { store } = temporary;
    await store.consents.set("870000000000000001:900", { state: "granted", pooled: false, at: 1 });
    const reader = await openDatabase(path, "read", 5_000);
    await reader.all("BEGIN");
    await reader.all(`SELECT * FROM ${TABLE}`);
    const deleting = store.deletion.forgetMember("870000000000000001", "everywhere", 2);
    await reader.all(`SELECT * FROM ${TABLE}`);
    await reader.all("COMMIT");
    await reader.close();
    await deleting;
    await store.deletion.bytesGone();
    expect(filesWith(temporary.url, "870000000000000001")).toEqual([]);
  });
});
