import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ablation, MILESTONES, measureAblation } from "../../../src/lab/simulate/ablation.js";
import {
  ablationJson,
  ablationPlot,
  ablationTable,
} from "../../../src/lab/simulate/ablation-report.js";
import { renderPng } from "../../../src/pictures/render.js";
import { loadDeck } from "../../../src/shared/deck/deck.js";
import { createTestServices, type TestServices } from "../../support/test-services.js";

const MEMBERS = 12;

describe("the simulation", () => {
  let test: TestServices;
  let ablation: Ablation;
  beforeAll(async () => {
    test = await createTestServices();
    ablation = await measureAblation({
      services: test.services,
      deck: loadDeck(),
      guildId: "900",
      members: MEMBERS,
      candidates: 4,
      seed: 4,
      onProgress: () => undefined,
    });
  });
  afterAll(() => test.remove());

  it("finds the member's own choice far ahead of the generic answer after ten votes", () => {
    const { personal, generic } = ablation;
    expect(generic[0]!.mean).toBeCloseTo(0.5);
    expect(personal[0]!.mean).toBeGreaterThanOrEqual(0.5 - 2 * personal[0]!.standardError);
    expect(personal[10]!.mean).toBeGreaterThan(0.62);
    expect(personal[20]!.mean).toBeGreaterThan(personal[5]!.mean - personal[5]!.standardError);
  });

  it("finds what is asked for in the member's manner ahead of a choice among what came by chance", () => {
    const { personal, steered } = ablation;
    expect(steered[10]!.mean).toBeGreaterThan(personal[10]!.mean - steered[10]!.standardError);
    expect(steered[20]!.mean).toBeGreaterThan(0.62);
  });

  it("gives its figures as JSON, as a table and as a plot", async () => {
    const json = ablationJson(ablation) as Record<string, Record<string, Record<string, number>>>;
    for (const part of [json.winRate!, json.standardError!]) {
      expect(Object.keys(part)).toEqual(["generic", "pooled", "personal", "steered"]);
      expect(Object.keys(part.personal!)).toEqual(MILESTONES.map(String));
      expect(part.personal!["10"]).toBeGreaterThan(0);
    }
    expect(ablationTable(ablation, MEMBERS)).toMatch(/The bar, 67 after ten votes/);
    expect((await renderPng(ablationPlot(ablation))).subarray(1, 4).toString()).toBe("PNG");
  });
});
