import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkPostgresStore } from "../../src/doctor/postgres-check.js";
import { openStore } from "../../src/store/store.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";

describe("the doctor's look at a store in PostgreSQL", () => {
  let database: TemporaryPostgres;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
  });
  afterEach(() => database.remove());

  it("finds an empty database and a store well, and reads the servers' settings", async () => {
    const empty = await checkPostgresStore(database.url, undefined);
    expect(empty.findings[0]).toMatchObject({
      state: "well",
      text: expect.stringMatching(/PostgreSQL \d+\.\d+ answers; the first start makes the tables/),
    });
    const store = await openStore(database.url, () => undefined);
    await store.settings.set("900", { questionsPerDay: 3 });
    await store.settings.set("901", { questionsPerDay: 3 });
    await database.query("UPDATE attune SET value = '{' WHERE key = 'settings:901'");
    await store.close();
    const report = await checkPostgresStore(database.url, undefined);
    expect(report.findings[0]).toMatchObject({ state: "well", text: expect.stringMatching(/MB/) });
    expect([...report.settings]).toEqual([["900", { questionsPerDay: 3 }]]);
  });

  it.each([
    [
      "a server that does not answer",
      (url: URL) => (url.port = "1"),
      /start it, or correct STORE_URL/,
    ],
    [
      "a wrong password",
      (url: URL) => (url.password = "wrong-and-secret"),
      /check them in STORE_URL/,
    ],
    ["no database", (url: URL) => (url.pathname = "/nowhere"), /CREATE DATABASE nowhere/],
  ])("says what to do about %s, without the password", async (_what, change, remedy) => {
    const url = new URL(database.url);
    change(url);
    const { findings, settings } = await checkPostgresStore(url.href, undefined);
    expect(settings.size).toBe(0);
    expect(findings).toEqual([expect.objectContaining({ state: "wrong", topic: "Store" })]);
    const said = JSON.stringify(findings);
    expect(said).toMatch(remedy);
    expect(said).not.toContain("wrong-and-secret");
  });
});
