/** The client for every request to the configured language model's server. */
import OpenAI from "openai";
import type { OpenAIConfig } from "../config.js";
import { boundedFetch } from "./bounded-fetch.js";

const MAXIMUM_RETRIES = 2;

/** Eight candidates of 20,000 characters take a quarter of it. */
const MOST_BYTES = 2 * 1024 * 1024;

export interface ClientBounds {
  /** What is read of an answer. */
  readonly mostBytes?: number;
  readonly requestsAtOnce?: number;
}

/**
 * One client for the server, the key and the time limit of `config`. It tries twice more where the server stumbles (with jitter, or as the server wants it), and
 * does not wait where the server wants it to wait for long.
 */
export function createOpenAIClient(
  config: OpenAIConfig,
  { mostBytes = MOST_BYTES, requestsAtOnce = Number.POSITIVE_INFINITY }: ClientBounds = {},
): OpenAI {
  return new OpenAI({
    apiKey: config.apiKey,
    ...(config.baseUrl !== undefined && { baseURL: config.baseUrl }),
    timeout: config.timeoutMs,
    maxRetries: MAXIMUM_RETRIES,
    fetch: boundedFetch(mostBytes, requestsAtOnce),
  });
}
