import { afterEach, beforeEach, expect, it } from "vitest";
import { Departures } from "../../src/guilds/departures.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await createTemporaryStore();
});
afterEach(() => temporary.remove());

it("servers to which the bot comes back while others are deleted keep their data", async () => {
  const { store } = temporary;
  const departures = new Departures({ store, clock: () => 10, graceMs: 5 });
  for (const guildId of ["1", "2"]) {
    await store.settings.set(guildId, {});
    await store.departures.set(guildId, { leftAt: 1 });
  }
  const { deletion } = store;
  const { forgetGuild } = deletion;
  deletion.forgetGuild = async (...asked) => {
    await departures.present("2");
    return forgetGuild.apply(deletion, asked);
  };
  expect(await departures.purge()).toEqual(["1"]);
  expect([await store.settings.has("1"), await store.settings.has("2")]).toEqual([false, true]);
});
