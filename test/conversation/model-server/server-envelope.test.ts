import { assert, constantFrom, jsonValue, oneof, property, record, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { answerOfChoice } from "../../../src/conversation/answer-text/answer-text.js";
import { failureOfServer } from "../../../src/conversation/model-server/failure-of.js";
import {
  fieldsNamed,
  largestOutputNamed,
} from "../../../src/conversation/model-server/refusal-fields.js";
import { openEnvelope } from "../../../src/conversation/model-server/server-envelope.js";

const anything = () => oneof(jsonValue(), string(), constantFrom(null, [], {}, -1, 1e308));
const choice = record(
  {
    message: record({ content: anything(), refusal: anything() }, { requiredKeys: [] }),
    finish_reason: anything(),
    error: anything(),
  },
  { requiredKeys: [] },
);
const body = oneof(
  anything(),
  record({
    choices: oneof(
      anything(),
      choice.map((one) => [one]),
    ),
  }),
  record({ error: anything(), detail: anything(), message: anything(), code: anything() }),
  record({ error: record({ message: anything(), code: anything(), param: anything() }) }),
);
const status = constantFrom(200, 201, 204, 304, 400, 404, 422, 429, 500, 503, 599, 600, 999);

describe("the envelope of a server's answer", () => {
  it("is opened where a field would not be made a text", () => {
    const strange = { toString: {} };
    const choice = {
      finish_reason: strange,
      message: { content: [{ type: strange, text: strange }] },
    };
    for (const body of [
      { error: { code: strange } },
      { code: strange, detail: 1 },
      { choices: [choice] },
    ]) {
      expect(() => openEnvelope(200, JSON.stringify(body))).not.toThrow();
      expect(() => openEnvelope(400, JSON.stringify(body))).not.toThrow();
    }
    expect(answerOfChoice(choice)).toEqual({ kind: "none", end: "none" });
  });

  it("is opened whatever is in it", () => {
    assert(
      property(status, body, (code, sent) => {
        const envelope = openEnvelope(code, JSON.stringify(sent));
        if (envelope.kind === "error") {
          const { error } = envelope;
          expect(failureOfServer(error)).toMatch(/^\w+$/);
          expect(fieldsNamed(error).length).toBeLessThanOrEqual(4);
          expect(error.status).toBeGreaterThanOrEqual(400);
          expect(error.status).toBeLessThan(600);
          expect(error.message.length).toBeLessThanOrEqual(4_000);
        } else if (envelope.kind === "answer") {
          const answer = JSON.parse(envelope.json) as { choices?: unknown } | null;
          const choices = Array.isArray(answer?.choices) ? answer.choices : [answer];
          for (const one of choices) expect(answerOfChoice(one).kind).toMatch(/text|declined|none/);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it("is opened though it is no JSON", () => {
    assert(
      property(
        status,
        oneof(
          string(),
          string().map((text) => `data: ${text}\n\n`),
        ),
        (code, text) => {
          expect(openEnvelope(code, text).kind).toMatch(/answer|strange|error/);
        },
      ),
    );
  });

  it("names a smaller output bound than was asked for, or none", () => {
    assert(
      property(string(), (words) => {
        const named = largestOutputNamed(`max_tokens is too large: ${words}`, 4_000);
        expect(named!).toBeLessThan(4_000);
      }),
    );
  });
});
