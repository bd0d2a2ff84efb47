import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextCipher } from "../../src/store/text-cipher.js";

const cipher = new TextCipher(randomBytes(32));

describe("text at rest", () => {
  it("comes back as it was, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(cipher.open(cipher.seal(text, "1:a"), "1:a")).toBe(text);
      }),
    );
  });

  it("can't be read, and never looks the same twice", () => {
    const sealed = cipher.seal("a secret answer", "1:a");
    expect(Buffer.from(sealed.slice(3), "base64").toString("latin1")).not.toContain("secret");
    expect(cipher.seal("a secret answer", "1:a")).not.toBe(sealed);
  });

  it("never has a nonce twice, from one cipher or from two", () => {
    const nonceOf = (sealed: string) => sealed.slice(3, 3 + 16);
    const ciphers = [cipher, new TextCipher(randomBytes(32))];
    const nonces = Array.from({ length: 3000 }, (_, at) =>
      nonceOf(ciphers[at % 2]!.seal("text", "1:a")),
    );
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  it("does not open with another key, in another place, or after a change", () => {
    const sealed = cipher.seal("text", "1:a");
    expect(new TextCipher(randomBytes(32)).open(sealed, "1:a")).toBeUndefined();
    expect(cipher.open(sealed, "1:b")).toBeUndefined();
    const bytes = Buffer.from(sealed.slice(3), "base64");
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(cipher.open(`g1:${changed.toString("base64")}`, "1:a")).toBeUndefined();
    }
    expect(cipher.open("plain", "1:a")).toBeUndefined();
  });
});
