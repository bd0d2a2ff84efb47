import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Usage } from "../../src/limits/usage.js";
import type { UsageRecord } from "../../src/store/records.js";
import type { Repository } from "../../src/store/repository.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const TOKENS = { inputTokens: 10, outputTokens: 2, embeddingTokens: 1 };
const DAY_MS = 24 * 60 * 60 * 1000;

describe("the usage of the language model", () => {
  let temporary: TemporaryStore;
  let now = 0;
  beforeEach(async () => {
    temporary = await createTemporaryStore();
    now = Date.UTC(2026, 0, 1);
  });
  afterEach(() => temporary.remove());

  it("is complete however many requests end at once, and is written in few writes", async () => {
    const { usage } = temporary.store;
    let writes = 0;
    const counting = new Proxy(usage, {
      get: (target, name) => {
        if (name === "set") writes += 1;
        const member = Reflect.get(target, name, target) as unknown;
        return typeof member === "function" ? member.bind(target) : member;
      },
    }) as Repository<UsageRecord>;
    const counted = new Usage(counting, () => now, undefined);
    await Promise.all(Array.from({ length: 5000 }, () => counted.add(TOKENS)));
    now += DAY_MS;
    await counted.add(TOKENS);
    expect(await counted.total()).toMatchObject({ requests: 5001, inputTokens: 50_010 });
    expect(writes).toBeLessThan(5);
    expect(await new Usage(usage, () => now, undefined).total()).toMatchObject({ requests: 5001 });
  });

  it("is written with the next request where it could not be written at first", async () => {
    const { usage } = temporary.store;
    let broken = true;
    const failing = new Proxy(usage, {
      get: (target, name) => {
        if (name === "set" && broken) return () => Promise.reject(new Error("full"));
        const member = Reflect.get(target, name, target) as unknown;
        return typeof member === "function" ? member.bind(target) : member;
      },
    }) as Repository<UsageRecord>;
    const counted = new Usage(failing, () => now, undefined);
    await expect(counted.add(TOKENS)).rejects.toThrow("full");
    broken = false;
    await counted.add(TOKENS);
    expect(await counted.total()).toMatchObject({ requests: 2, outputTokens: 4 });
  });
});
