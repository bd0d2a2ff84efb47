/** The client for every request to the configured language model's server. */
import OpenAI from "openai";
import type { OpenAIConfig } from "../config.js";

const MAXIMUM_RETRIES = 2;

/** One client for the server, the key and the time limit of `config`. */
export function createOpenAIClient(config: OpenAIConfig): OpenAI {
  return new OpenAI({
    apiKey: config.apiKey,
    ...(config.baseUrl !== undefined && { baseURL: config.baseUrl }),
    timeout: config.timeoutMs,
    maxRetries: MAXIMUM_RETRIES,
  });
}
