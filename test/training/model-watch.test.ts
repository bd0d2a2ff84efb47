import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStarterModel } from "../../models/rewards/starter.js";
import { openStore, type Store } from "../../src/store/store.js";
import { ModelLibrary } from "../../src/training/model-library.js";
import { type ModelWatch, watchModels } from "../../src/training/model-watch.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { silentLog } from "../support/silent-log.js";
import { waitFor } from "../support/wait-for.js";

/** The longest that a timer takes: 25 days. */
const NEVER_MS = 2 ** 31 - 1;
const STARTER = createStarterModel().version;
const FIGURES = { logLikelihood: -0.6, accuracy: 0.7, comparisons: 10, members: 5 };
const FACTS = {
  parent: STARTER,
  heldOut: { before: FIGURES, after: FIGURES },
  training: { members: 5, comparisons: 50, seconds: 1, backend: "none" },
  at: 1,
};

describe("two processes on PostgreSQL, of which one never looks by itself", () => {
  let database: TemporaryPostgres;
  let stores: readonly [Store, Store];
  let watch: ModelWatch;
  let switching: ModelLibrary;
  let following: ModelLibrary;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    stores = await Promise.all([open(), open()]);
    switching = await ModelLibrary.open(stores[0], "discord");
    following = await ModelLibrary.open(stores[1], "discord");
    watch = watchModels(following, stores[1], silentLog, NEVER_MS);
  });
  afterEach(async () => {
    await watch.stop();
    await Promise.all(stores.map((store) => store.close()));
    await database.remove();
  });

  it("both answer with a version that one has adopted, and with one that it has restored", async () => {
    await switching.adopt({ ...createStarterModel(), version: "one" }, FACTS);
    await followed("one");
    await switching.restore(STARTER);
    await followed(STARTER);
  });

  it("it follows what was switched while its connections were broken", async () => {
    await database.terminateBackends();
    await switching.adopt({ ...createStarterModel(), version: "one" }, FACTS);
    await followed("one");
  });

  it("who has ended listening is not told, and others are", async () => {
    const told: string[] = [];
    stores[1].onSwitch!(() => told.push("ended"))();
    stores[1].onSwitch!(() => told.push("listening"));
    await switching.adopt({ ...createStarterModel(), version: "one" }, FACTS);
    await waitFor(() => told.length > 0 || undefined, "a notification");
    expect(told).toEqual(["listening"]);
  });

  const followed = (version: string) =>
    waitFor(
      () => following.current.version === version || undefined,
      `the version ${version} in the other process`,
    );
  const open = () => openStore(database.url, () => undefined);
});
