import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doseResponse, withCandidate } from "../../../models/steering/dose-response.js";
import { usualLength, withPlainAnswer } from "../../../models/steering/plain-lengths.js";
import { AXIS_COUNT } from "../../../models/steering/steerable-axes.js";
import { LearnedDoses } from "../../../src/conversation/steering/learned-doses.js";
import { openStore, type Store } from "../../../src/store/store.js";
import { waitFor } from "../../support/wait-for.js";

const SHORTER = [{ axis: "length", pole: -1, dose: 2, words: 30 }] as const;

describe("what directives do to a language model's answers", () => {
  let folder: string;
  let store: Store;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    store = await openStore(`sqlite://${join(folder, "attune.sqlite")}`, () => undefined);
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const onError = (error: unknown) => {
    throw error;
  };
  const learnerOf = (languageModel: string) =>
    new LearnedDoses({ store, languageModel, clock: () => 7, onError });
  /** Two steps of dose move the length by one standard deviation. */
  const response = new Float64Array(AXIS_COUNT).fill(-1);

  it("is learned answer by answer, also side by side, and found again after a restart", async () => {
    const doses = learnerOf("llama3:8b");
    const changes = Array.from({ length: 50 }, () =>
      doses.change(({ axes, plain }) => ({
        axes: withCandidate(axes, SHORTER, response),
        plain: withPlainAnswer(plain, 120),
      })),
    );
    await Promise.all(changes);
    await doses.written();
    const again = await learnerOf("llama3:8b").learned();
    const { axes, plain } = await doses.learned();
    expect(again).toMatchObject({ axes, plain });
    expect(doseResponse(axes.length).slope).toBeCloseTo(0.5);
    expect(axes.length.count).toBeGreaterThan(48);
    expect(axes.warmth.count).toBe(0);
    expect(usualLength(plain)).toBeCloseTo(120);
  });

  it("is written by itself a little later, many answers at once", async () => {
    let writes = 0;
    const writeTogether: Store["writeTogether"] = (...parameters) => {
      writes += 1;
      return store.writeTogether(...parameters);
    };
    const counted = { ...store, writeTogether };
    const doses = new LearnedDoses({
      store: counted,
      languageModel: "later",
      clock: () => 7,
      onError,
    });
    const learn = () =>
      doses.change(({ axes, plain }) => ({ axes, plain: withPlainAnswer(plain, 120) }));
    for (let answer = 0; answer < 20; answer++) await learn();
    await waitFor(() => store.doses.get("later"), "what was learned");
    expect(writes).toBe(1);
    expect((await learnerOf("later").learned()).plain).toEqual((await doses.learned()).plain);
  });

  it("is kept for the next write where it could not be written", async () => {
    let refused: Error | undefined = new Error("full");
    const writeTogether: Store["writeTogether"] = (...parameters) =>
      refused === undefined ? store.writeTogether(...parameters) : Promise.reject(refused);
    const told: unknown[] = [];
    const doses = new LearnedDoses({
      store: { ...store, writeTogether },
      languageModel: "refused",
      clock: () => 7,
      onError: (error) => told.push(error),
    });
    const learn = () =>
      doses.change(({ axes, plain }) => ({ axes, plain: withPlainAnswer(plain, 120) }));
    await learn();
    await doses.written();
    expect(told).toEqual([refused]);
    refused = undefined;
    await learn();
    await doses.written();
    expect((await learnerOf("refused").learned()).plain).toEqual((await doses.learned()).plain);
  });

  it("is kept apart for each language model", async () => {
    expect((await learnerOf("another").learned()).axes.length.count).toBe(0);
  });

  it("holds numbers alone", async () => {
    const record = await store.doses.get("llama3:8b");
    expect(JSON.stringify(record).replace(/"\w+":/g, "")).toMatch(/^[-\d.e{},]+$/);
  });
});
