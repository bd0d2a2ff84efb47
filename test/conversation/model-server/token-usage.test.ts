import type { ChatCompletion } from "openai/resources/chat/completions";
import { describe, expect, it } from "vitest";
import { tokensOf } from "../../../src/conversation/model-server/token-usage.js";

const MOST = 100;

function outputOf(said: number): { output: number; written: number } {
  const choices = [{ index: 0, message: { content: "Water them early." }, finish_reason: "stop" }];
  const completion = { choices, usage: { prompt_tokens: 1, completion_tokens: said } };
  const { output } = tokensOf(completion as unknown as ChatCompletion, [], MOST);
  return { output, written: JSON.stringify(choices).length };
}

describe("the tokens that a server says an answer took", () => {
  it("count as far as they can be true", () => {
    expect(outputOf(MOST).output).toBe(MOST);
    expect(outputOf(MOST + 1).output).toBe(MOST + 1);
    const { output, written } = outputOf(1e9);
    expect(output).toBe(MOST + written);
  });
});
