import { array, assert, constantFrom, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { createStarterModel } from "../../models/rewards/starter.js";
import type { ModelRecord } from "../../src/store/records.js";
import { VectorTextError } from "../../src/store/store-error.js";
import { weightsFromText, weightsToText } from "../../src/store/vector-text.js";
import { modelFromRecord, recordOfModel } from "../../src/training/model-record.js";

const MODEL = createStarterModel();
const FACTS = {
  parent: "starter",
  scope: "discord",
  at: 1,
  heldOut: {} as ModelRecord["heldOut"],
  training: {} as NonNullable<ModelRecord["training"]>,
};
const RECORD = recordOfModel({ ...MODEL, version: "one" }, FACTS);
/** As JSON brings it back. */
const stored = (record: ModelRecord) => JSON.parse(JSON.stringify(record)) as ModelRecord;

describe("stored base rewards", () => {
  it("come back as they were", () => {
    const model = modelFromRecord(stored(RECORD));
    expect(model).toEqual({ ...MODEL, version: "one" });
  });

  it("are refused where one number of them is none, or too large to be true", () => {
    const bad = constantFrom(Number.NaN, 1e30, -1e30, Number.POSITIVE_INFINITY);
    const where = constantFrom(
      "weights",
      "priorMean",
      "priorPrecision",
      "positionBias",
      "variances",
    );
    assert(
      property(where, bad, nat(), (field, number, at) => {
        expect(() => modelFromRecord(stored(damaged(field, number, at)))).toThrow(VectorTextError);
      }),
    );
  });

  it("are refused where a prior is no prior, or a variance none", () => {
    const { rank, priorPrecision } = RECORD;
    const precision = priorPrecision.map((value, at) => (at === rank + 1 ? -value : value));
    expect(() => modelFromRecord({ ...RECORD, priorPrecision: precision })).toThrow(
      VectorTextError,
    );
    const differenceVariances = Array<number>(rank).fill(-1);
    expect(() => modelFromRecord({ ...RECORD, differenceVariances })).toThrow(VectorTextError);
  });

  it("are refused where their hidden layer holds what is no number", () => {
    assert(
      property(array(constantFrom(0.5, Number.NaN), { minLength: 3, maxLength: 3 }), (numbers) => {
        const layer = weightsToText(Float32Array.from(numbers));
        const hidden = { units: 1, inputWeights: layer, biases: layer, outputWeights: layer };
        const read = () => modelFromRecord(stored({ ...RECORD, hidden }));
        if (numbers.some(Number.isNaN)) expect(read).toThrow(VectorTextError);
        else expect(read).not.toThrow();
      }),
    );
  });
});

function damaged(field: string, number: number, at: number): ModelRecord {
  const replaced = (values: readonly number[]) =>
    values.map((value, index) => (index === at % values.length ? number : value));
  switch (field) {
    case "weights": {
      const weights = Float32Array.from(replaced([...weightsFromText(RECORD.weights)]));
      return { ...RECORD, weights: weightsToText(weights) };
    }
    case "priorMean":
      return { ...RECORD, priorMean: replaced(RECORD.priorMean) };
    case "priorPrecision":
      return { ...RECORD, priorPrecision: replaced(RECORD.priorPrecision) };
    case "positionBias":
      return { ...RECORD, positionBias: number };
    default:
      return { ...RECORD, differenceVariances: replaced(Array<number>(RECORD.rank).fill(1)) };
  }
}
