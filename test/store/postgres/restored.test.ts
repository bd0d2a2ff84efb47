import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConsentRecord } from "../../../src/store/records.js";
import { openStore, type Store } from "../../../src/store/store.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";

const GRANTED: ConsentRecord = { state: "granted", pooled: true, at: 1 };

describe("a store in PostgreSQL that does not reflect all deletions", () => {
  let database: TemporaryPostgres;
  let store: Store;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    store = await open();
    for (const member of ["11", "12", "13"]) await store.consents.set(`${member}:900`, GRANTED);
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  it("as one whose records alone were restored: the next start deletes again, and nothing else", async () => {
    await store.deletion.forgetMember("11", "everywhere", 5);
    await store.consents.set("11:900", { ...GRANTED, at: 6 });
    const kept = await database.query("SELECT * FROM attune");
    await store.deletion.forgetMember("11", "everywhere", 7);
    await store.deletion.forgetMember("12", ["900"], 8);
    await store.close();
    await database.query("DELETE FROM attune");
    await database.query(
      "INSERT INTO attune SELECT * FROM json_populate_recordset(NULL::attune, $1::json)",
      [JSON.stringify(kept)],
    );
    const [one, two] = await Promise.all([open(), open()]);
    store = one;
    const left: string[] = [];
    for await (const key of one.consents.keys()) left.push(key);
    expect(left).toEqual(["13:900"]);
    await one.consents.set("12:900", { ...GRANTED, at: 9 });
    await two.close();
    await one.close();
    store = await open();
    expect(await store.consents.get("12:900")).toEqual({ ...GRANTED, at: 9 });
  });

  it("leaves what was voted after a reset, also of a process that was killed right after it", async () => {
    const member = { guildId: "900", memberId: "11" };
    const killed = store.deletion.forgetVotes(
      member,
      ({ key }) => key.startsWith("profile:"),
      () => {
        throw new Error("killed");
      },
      4,
    );
    await expect(killed).rejects.toThrow("killed");
    await store.replies.set("5", {
      guildId: "900",
      memberId: "11",
      why: { neighbours: 0 },
      expiresAt: 1e15,
    } as never);
    const undone = store.deletion.withdraw("refused", { ...member, memberId: "12" }, 5, () => {
      throw new Error("killed as well");
    });
    await expect(undone).rejects.toThrow("killed");
    await store.close();
    store = await open();
    expect(await store.consents.get("12:900")).toMatchObject({ state: "refused" });
    expect(await store.replies.has("5")).toBe(true);
    expect(await store.consents.get("11:900")).toEqual({ ...GRANTED, at: 5 });
  });

  it("as after a kill between a “no” and its record: the next start writes it", async () => {
    const member = { guildId: "900", memberId: "13" };
    const killed = store.deletion.withdraw("refused", member, 4, () => {
      throw new Error("killed");
    });
    await expect(killed).rejects.toThrow("killed");
    // A withdrawal that ends well beside it does not hide it.
    const other = { guildId: "900", memberId: "12" };
    const second = await open();
    await second.deletion.withdraw("unpooled", other, 4, async () => {
      await second.consents.set("12:900", { ...GRANTED, pooled: false, at: 5 });
      return true;
    });
    await second.close();
    await store.close();
    store = await open();
    expect(await store.consents.get("13:900")).toMatchObject({ state: "refused", pooled: false });
    expect(await store.consents.get("12:900")).toMatchObject({ state: "granted", pooled: false });
    expect(await store.consents.get("11:900")).toEqual(GRANTED);
  });

  function open(): Promise<Store> {
    return openStore(database.url, raise, { alone: true });
  }
});

function raise(error: unknown): never {
  throw error;
}
