import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore, type Store } from "../../../src/store/store.js";
import { NewerStoreError, StoreError } from "../../../src/store/store-error.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";
import { waitFor } from "../../support/wait-for.js";

describe("opening a store in PostgreSQL", () => {
  let database: TemporaryPostgres;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
  });
  afterEach(() => database.remove());

  it.each([
    [
      "the password is wrong",
      (url: URL) => (url.password = "secret-and-wrong"),
      /refuses the name or password.*%40/s,
    ],
    [
      "there is no such user",
      (url: URL) => (url.username = "stranger"),
      /refuses the name or password of stranger/,
    ],
    [
      "there is no such database",
      (url: URL) => (url.pathname = "/elsewhere"),
      /CREATE DATABASE elsewhere ENCODING 'UTF8'/,
    ],
    [
      "nothing listens there",
      (url: URL) => (url.port = "1"),
      /no PostgreSQL answers at 127.0.0.1:1: start it/,
    ],
    [
      "there is no such host",
      (url: URL) => (url.hostname = "nowhere.invalid"),
      /no host nowhere.invalid/,
    ],
  ])("says what to do where %s, and never the password", async (_what, change, expected) => {
    const url = new URL(database.url);
    const { password } = url;
    change(url);
    const error = await openStore(url.href, raise).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(StoreError);
    expect((error as Error).message).toMatch(expected);
    for (const secret of [password, decodeURIComponent(password), "secret-and-wrong"]) {
      expect((error as Error).message).not.toContain(secret);
    }
  });

  it("says how to get the rights that are missing", async () => {
    const role = `role_${new URL(database.url).pathname.slice(1)}`;
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'longenough'`);
    const url = new URL(database.url);
    url.username = role;
    url.password = "longenough";
    await expect(openStore(url.href, raise)).rejects.toThrow(/ALTER DATABASE \S+ OWNER TO role_/);
    await database.query(`GRANT CREATE ON SCHEMA public TO ${role}`);
    const store = await openStore(url.href, raise);
    await store.settings.set("1", { questionsPerDay: 3 });
    await store.close();
    await database.query(`DROP OWNED BY ${role}`);
    await database.query(`DROP ROLE ${role}`);
  });

  it("is refused where the database can't hold every text", async () => {
    const latin = await createTemporaryPostgres("ENCODING 'LATIN1' TEMPLATE template0");
    await expect(openStore(latin.url, raise)).rejects.toThrow(/encoding LATIN1.*ENCODING 'UTF8'/);
    await latin.remove();
  });

  it("is refused where a newer version has written it", async () => {
    await (await openStore(database.url, raise)).close();
    await database.query("UPDATE attune_facts SET value = '99' WHERE name = 'version'");
    const opening = openStore(database.url, raise);
    await expect(opening).rejects.toThrow(NewerStoreError);
    await expect(openStore(database.url, raise)).rejects.toThrow(
      /The store has version 99, and this version of Attune reads stores up to version \d+: update Attune/,
    );
  });

  it("by many at once makes one store", async () => {
    const stores = await Promise.all(
      Array.from({ length: 8 }, () => openStore(database.url, raise, { alone: true })),
    );
    await Promise.all(
      stores.map((store, at) => store.settings.set(String(at), { questionsPerDay: at })),
    );
    const [first] = stores as [Store];
    expect(await first.settings.count()).toBe(8);
    const facts = await database.query("SELECT name FROM attune_facts ORDER BY name");
    expect(facts).toEqual([{ name: "tombstone-key" }, { name: "version" }]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it("leaves no connection behind when it is closed or refused", async () => {
    const store = await openStore(database.url, raise, { alone: true });
    await Promise.all([store.settings.get("1"), store.settings.set("1", {})]);
    await store.close();
    await database.query("UPDATE attune_facts SET value = '99' WHERE name = 'version'");
    await openStore(database.url, raise).catch(() => undefined);
    const others =
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    // The server notices a little later.
    await waitFor(
      async () => (await database.query(others)).length === 0 || undefined,
      "no connection",
    );
  });
});

function raise(error: unknown): never {
  throw error;
}
