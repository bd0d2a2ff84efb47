import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutTokens } from "../../src/safety/secrets.js";

/** Pieces of what looks like a token, at the lengths at which it begins to. */
const PIECES = [
  ...["sk-", "mfa.", "gho_", "github_pat_", "glpat-", "npm_", "xoxb-", "AIza", "AKIA", "eyJ"],
  ...["Bot ", "Bearer ", "://", "webhooks/", "interactions/", "1/", "@", ":", ".", " ", '"', "-"],
  ...["-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "abcdefghij", "ABCDEFGH12345678"],
  ...["abcdefghijklmnopqrstuvwx", "a1b2c3", "7"],
];
/** Holds part of a shape, and completes none. */
const PART = '"://"';

describe("tokens in a text", () => {
  it("are found whatever else is in it", () => {
    const text = fc
      .array(fc.constantFrom(...PIECES), { maxLength: 8 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (given) => {
        expect(withoutTokens(given + PART)).toBe(withoutTokens(given) + PART);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    "xoxb-abcdefghij",
    "webhooks/1/a",
    "a://b:c@d",
    "Bot abcdefghijklmno1",
    "sk-abcdefghijklmno1",
    "AKIA0123456789ABCDEF",
  ])("are found where they are short: %s", (token) => {
    expect(withoutTokens(`It is ${token} here.`)).toContain("[removed]");
  });
});
