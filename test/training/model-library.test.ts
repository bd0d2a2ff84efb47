import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStarterModel } from "../../models/rewards/starter.js";
import { StoreError } from "../../src/store/store-error.js";
import { BaseRewardsChangedError } from "../../src/training/model-errors.js";
import { ModelLibrary } from "../../src/training/model-library.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const STARTER = createStarterModel().version;

const FIGURES = { logLikelihood: -0.6, accuracy: 0.7, comparisons: 10, members: 5 };
const HELD_OUT = { before: FIGURES, after: FIGURES };

function factsAt(at: number, parent = STARTER) {
  const training = { members: 5, comparisons: 50, seconds: 1, backend: "none" };
  return { parent, heldOut: HELD_OUT, training, at };
}

describe("the versions of the base rewards", () => {
  let temporary: TemporaryStore;
  beforeEach(async () => {
    temporary = await createTemporaryStore();
  });
  afterEach(() => temporary.remove());

  it("of the playground are not those of Discord, also after a restart", async () => {
    const playground = await ModelLibrary.open(temporary.store, "playground");
    await playground.adopt({ ...createStarterModel(), version: "one" }, factsAt(1));
    const store = await temporary.reopen();
    expect((await ModelLibrary.open(store, "playground")).current.version).toBe("one");
    expect((await ModelLibrary.open(store, "discord")).current.version).toBe(STARTER);
  });

  it("are all kept, each with its parent and its held-out figures", async () => {
    const library = await ModelLibrary.open(temporary.store, "discord");
    await library.adopt({ ...createStarterModel(), version: "one" }, factsAt(1));
    await library.adopt({ ...createStarterModel(), version: "two" }, factsAt(2, "one"));
    expect(await library.versions()).toMatchObject([
      { version: "one", parent: STARTER, heldOut: HELD_OUT },
      { version: "two", parent: "one", heldOut: HELD_OUT },
    ]);
  });

  it("are not adopted over what another process has adopted since, whichever writes at last", async () => {
    const [first, second] = await Promise.all([
      ModelLibrary.open(temporary.store, "discord"),
      ModelLibrary.open(temporary.store, "discord"),
    ]);
    const adopt = (library: ModelLibrary, version: string) =>
      library.adopt({ ...createStarterModel(), version }, factsAt(1));
    const results = await Promise.allSettled([adopt(first!, "one"), adopt(second!, "two")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toBeInstanceOf(BaseRewardsChangedError);
    expect(await temporary.store.models.count()).toBe(1);
    expect(first!.current.version).toBe(second!.current.version);
  });

  it("are kept only together with the note that they answer", async () => {
    const { store } = temporary;
    const full = new StoreError("The disk is full.");
    vi.spyOn(store.currentModels, "set").mockRejectedValue(full);
    const writeTogether = () => Promise.reject(full);
    const library = await ModelLibrary.open({ ...store, writeTogether }, "discord");
    const adopted = library.adopt({ ...createStarterModel(), version: "one" }, factsAt(1));
    await expect(adopted).rejects.toThrow("The disk is full.");
    expect(library.current.version).toBe(STARTER);
    expect(await store.models.count()).toBe(0);
  });

  it.each([
    ["is not there", undefined, "it is not in the store, or damaged there"],
    ["has lost some of its numbers", { weights: "AAAAAA==" }, "it is damaged"],
    ["has lost the end of a number", { weights: "AAAA" }, "it is damaged"],
    ["has lost its population", { priorMean: [] }, "it is damaged"],
  ])("start anew, and say so, where the stored one %s", async (_, damage, reason) => {
    const { store } = temporary;
    const library = await ModelLibrary.open(store, "discord");
    await library.adopt({ ...createStarterModel(), version: "one" }, factsAt(1));
    if (damage === undefined) await store.models.delete("one");
    else await store.models.set("one", { ...(await store.models.get("one"))!, ...damage });
    const tell = vi.fn();
    const reopened = await ModelLibrary.open(store, "discord", createStarterModel(), tell);
    expect(reopened.current.version).toBe(STARTER);
    expect(tell.mock.calls).toEqual([["one", reason]]);
  });

  it("start anew where the stored one was made for another encoder", async () => {
    const library = await ModelLibrary.open(temporary.store, "discord");
    const outdated = { ...createStarterModel(), version: "one", encoderId: "of-yesterday" };
    await library.adopt(outdated, factsAt(1));
    const told: string[] = [];
    const tell = (version: string, why: string) => void told.push(`${version}: ${why}`);
    const starter = createStarterModel();
    const reopened = await ModelLibrary.open(await temporary.reopen(), "discord", starter, tell);
    expect(reopened.current.version).toBe(STARTER);
    expect(told).toEqual(["one: it was learned from features of the encoder of-yesterday"]);
    await reopened.refresh();
    expect(told).toHaveLength(1);
  });
});
