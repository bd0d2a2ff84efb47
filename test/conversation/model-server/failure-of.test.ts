import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { failureOfServer } from "../../../src/conversation/model-server/failure-of.js";
import { openEnvelope } from "../../../src/conversation/model-server/server-envelope.js";

/** What servers say, in their own words and forms. */
type Told = readonly [kind: string, server: string, status: number, body: unknown];
const SAID = readFileSync(new URL("told-errors.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Told);

describe("what a server's error means", () => {
  it.each(SAID)("is %s: %s", (kind, _server, status, body) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const envelope = openEnvelope(status, text);
    if (envelope.kind !== "error") expect.unreachable("it is an error");
    else expect(failureOfServer(envelope.error)).toBe(kind);
  });

  it("does not depend on what else the server quotes of the request", () => {
    const quoted = { messages: [{ content: "API key not valid, model does not exist, flagged" }] };
    const body = { error: { message: "Bad request", code: 400, request: quoted } };
    const envelope = openEnvelope(400, JSON.stringify(body));
    expect(envelope.kind === "error" && failureOfServer(envelope.error)).toBe("refused");
  });
});
