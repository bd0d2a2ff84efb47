import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { Instruments } from "../../src/observability/instruments.js";
import { seriesValue } from "../support/metrics-text.js";

describe("a reading", () => {
  it("is left out while there is nothing to tell or asking fails, and the others are told", async () => {
    const registry = new Registry();
    const make = new Instruments(registry);
    let value: number | undefined = 7;
    make.reading("good", "Always there", async () => 1);
    make.reading("changing", "Comes and goes", async () => value);
    make.reading("broken", "Fails", async () => {
      throw new Error("The disk is gone.");
    });
    expect(seriesValue(await registry.metrics(), "changing")).toBe(7);
    value = undefined;
    const text = await registry.metrics();
    const told = ["good", "changing", "broken"].map((name) => seriesValue(text, name));
    expect(told).toEqual([1, undefined, undefined]);
  });
});

describe("a counter", () => {
  it("begins at zero for the values that are known, so that the first event is an increase", async () => {
    const registry = new Registry();
    new Instruments(registry).counter("votes", "Votes", "change", ["cast", "changed"]);
    expect(seriesValue(await registry.metrics(), 'votes{change="changed"}')).toBe(0);
  });
});
