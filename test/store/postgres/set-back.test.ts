/** A database that forgets what it had told, as after a failover to a standby that was behind. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { permitFor } from "../../../src/store/condition.js";
import { openStore, type Store } from "../../../src/store/store.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";

const MEMBER = { guildId: "900", memberId: "12" };

let database: TemporaryPostgres;
let store: Store;
beforeEach(async () => {
  database = await createTemporaryPostgres();
  store = await openStore(database.url, () => undefined);
  // Three deletions that the process has heard of, and two that the standby had not.
  for (const id of ["1", "2", "3"]) await store.deletion.forgetMember(id, "everywhere", 1);
  await database.query("DELETE FROM attune_tombstones WHERE number > 1");
});
afterEach(async () => {
  await store.close();
  await database.remove();
});

it("refuses what was begun before a deletion since", async () => {
  await database.terminateBackends();
  const putting = store.consents.putting("12:900", { state: "granted", pooled: false, at: 1 });
  // Some time later, when all connections have been made again.
  await store.settings.set("1", {});
  const begun = permitFor(store.tombstones, MEMBER, "nothing");
  await store.deletion.forgetMember(MEMBER.memberId, "everywhere", 5);
  expect(await store.writeTogether([putting], begun)).toBe(false);
  expect(await store.consents.get("12:900")).toBeUndefined();
});

it("refuses what was begun before it forgot", async () => {
  const putting = store.consents.putting("12:900", { state: "granted", pooled: false, at: 1 });
  const begun = permitFor(store.tombstones, MEMBER, "nothing");
  await store.deletion.forgetMember(MEMBER.memberId, "everywhere", 5);
  expect(await store.writeTogether([putting], begun)).toBe(false);
  const anew = permitFor(store.tombstones, MEMBER, "nothing");
  expect(await store.writeTogether([putting], anew)).toBe(true);
});
