import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doseResponse, withCandidate } from "../../../models/steering/dose-response.js";
import { usualLength, withPlainAnswer } from "../../../models/steering/plain-lengths.js";
import { AXIS_COUNT } from "../../../models/steering/steerable-axes.js";
import { LearnedDoses } from "../../../src/conversation/steering/learned-doses.js";
import { openStore, type Store } from "../../../src/store/store.js";

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

  const learnerOf = (languageModel: string) =>
    new LearnedDoses({ store, languageModel, clock: () => 7 });
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
    const again = await learnerOf("llama3:8b").learned();
    const { axes, plain } = await doses.learned();
    expect(again).toMatchObject({ axes, plain });
    expect(doseResponse(axes.length).slope).toBeCloseTo(0.5);
    expect(axes.length.count).toBeGreaterThan(48);
    expect(axes.warmth.count).toBe(0);
    expect(usualLength(plain)).toBeCloseTo(120);
  });

  it("is kept apart for each language model", async () => {
    expect((await learnerOf("another").learned()).axes.length.count).toBe(0);
  });

  it("holds numbers alone", async () => {
    const record = await store.doses.get("llama3:8b");
    expect(JSON.stringify(record).replace(/"\w+":/g, "")).toMatch(/^[-\d.e{},]+$/);
  });
});
