import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore, type Store } from "../../src/store/store.js";

const raise = (error: unknown) => {
  throw error;
};

describe("records that the only writer keeps in memory", () => {
  let folder: string;
  let url: string;
  let store: Store;
  let other: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    url = `sqlite://${join(folder, "attune.sqlite")}`;
    store = await openStore(url, raise, { alone: true });
    other = await openStore(url, raise);
  });
  afterEach(async () => {
    await other.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it("are read from the file once, and again after every kind of write", async () => {
    const { settings } = store;
    await settings.set("1", { questionsPerDay: 1 });
    expect(await settings.get("1")).toEqual({ questionsPerDay: 1 });
    // A writer behind the lock's back shows that the file is not read again.
    await other.settings.set("1", { questionsPerDay: 2 });
    expect(await settings.get("1")).toEqual({ questionsPerDay: 1 });

    await settings.set("1", { questionsPerDay: 3 });
    expect(await settings.get("1")).toEqual({ questionsPerDay: 3 });
    await store.writeTogether([settings.putting("1", { questionsPerDay: 4 })]);
    expect(await settings.get("1")).toEqual({ questionsPerDay: 4 });
    await settings.delete("1");
    expect(await settings.get("1")).toBeUndefined();
    await settings.set("1", { questionsPerDay: 5 });
    await settings.deleteMany(["1"]);
    expect(await settings.get("1")).toBeUndefined();
  });

  it("are always read from the file where another process may write", async () => {
    expect(await other.settings.get("1")).toBeUndefined();
    await store.settings.set("1", { questionsPerDay: 2 });
    expect(await other.settings.get("1")).toEqual({ questionsPerDay: 2 });
  });

  it("are not the version that answers, which the command line may change", async () => {
    expect(await store.currentModels.get("discord")).toBeUndefined();
    await other.currentModels.set("discord", { version: "01A" });
    expect(await store.currentModels.get("discord")).toEqual({ version: "01A" });
  });
});
