import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { ParsedTexts } from "../../src/store/parsed-texts.js";

describe("what was made of texts", () => {
  it("is that of the text which was read, whatever was read before, and made once as long as it stays", () => {
    const step = fc.record({
      key: fc.constantFrom("consent:a", "consent:b"),
      text: fc.option(fc.constantFrom("one", "two", "other")),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const parsed = new ParsedTexts();
        const last = new Map<string, string>();
        for (const { key, text } of steps) {
          if (text === null) {
            parsed.forget(key);
            last.delete(key);
            continue;
          }
          const make = vi.fn((one: string) => ({ of: one }));
          expect(parsed.valueOf(key, text, make)).toEqual({ of: text });
          expect(make).toHaveBeenCalledTimes(last.get(key) === text ? 0 : 1);
          last.set(key, text);
        }
      }),
    );
  });

  it("keeps nothing of what could not be made", () => {
    const parsed = new ParsedTexts();
    const fail = () => {
      throw new RangeError("not a record");
    };
    expect(() => parsed.valueOf("consent:a", "one", fail)).toThrow(RangeError);
    expect(parsed.valueOf("consent:a", "one", () => 1)).toBe(1);
  });
});
