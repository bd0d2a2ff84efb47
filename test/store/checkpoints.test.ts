import { readFileSync, statSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCheckpoints } from "../../src/store/sqlite/checkpoints.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";
import { waitFor } from "../support/wait-for.js";

describe("the write-ahead log", () => {
  let temporary: TemporaryStore;
  let file: string;
  beforeEach(async () => {
    temporary = await createTemporaryStore();
    file = temporary.url.replace("sqlite://", "");
  });
  afterEach(() => temporary.remove());

  it("is carried over into the file while the store is open", async () => {
    const language = "a record that is looked for";
    await temporary.store.settings.set("42", { language });
    const arrived = () => readFileSync(file).includes(language) || undefined;
    await waitFor(arrived, "the record in the file itself");
  });

  it("loses what was overwritten, in a while and without a deletion", async () => {
    const raise = (error: unknown) => {
      throw error;
    };
    const { settings } = temporary.store;
    await settings.set("42", { language: "what nobody may read later" });
    await settings.set("42", { language: "something else" });
    const adapter = { betweenWrites: <Done>(action: () => Promise<Done>) => action() };
    const options = { intervalMs: 20, cutMs: 100 };
    const checkpoints = startCheckpoints(temporary.url, adapter, raise, options);
    const isGone = () =>
      [file, `${file}-wal`].every((one) => !readFileSync(one).includes("what nobody may read"));
    await waitFor(() => isGone() || undefined, "the end of the overwritten text");
    await checkpoints.stop();
  });

  it("does not grow with the number of writes", async () => {
    const raise = (error: unknown) => {
      throw error;
    };
    const options = { intervalMs: 20, longestLog: 50 };
    const adapter = { betweenWrites: <Done>(action: () => Promise<Done>) => action() };
    const checkpoints = startCheckpoints(temporary.url, adapter, raise, options);
    for (let write = 0; write < 600; write++) {
      await temporary.store.settings.set(String(write % 10), { language: "x".repeat(8_000) });
    }
    const written = 600 * 8_000;
    await waitFor(() => readFileSync(file).length > 80_000 || undefined, "the records in the file");
    expect(statSync(`${file}-wal`).size).toBeLessThan(written / 2);
    await checkpoints.stop();
  });
});
