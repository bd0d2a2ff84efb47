import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MessageClaims } from "../../src/guilds/message-claims.js";
import { openStore, type Store } from "../../src/store/store.js";
import { createOwnPostgres, type OwnPostgres } from "../support/postgres.js";

describe("the claim on a message", () => {
  let database: OwnPostgres;
  let store: Store;
  beforeEach(async () => {
    database = await createOwnPostgres();
    store = await openStore(database.url, (error) => {
      throw error;
    });
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  it("is one process's, and nobody's while the database is away, so that it is found later", async () => {
    const [one, other] = [new MessageClaims(store, Date.now), new MessageClaims(store, Date.now)];
    expect([await one.claim("1"), await other.claim("1")]).toEqual([true, false]);
    await database.stop("immediate");
    expect(await one.claim("2")).toBe(false);
    await database.start();
    expect(await other.claim("2")).toBe(true);
  });
});
