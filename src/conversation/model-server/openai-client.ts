/** The client for every request to the configured language model's server. */
import OpenAI from "openai";
import type { OpenAIConfig } from "../../config.js";
import { boundedFetch } from "./bounded-fetch.js";
import { baseOf, queryOf } from "./server-address.js";

const MAXIMUM_RETRIES = 2;
const OPENAI_URL = "https://api.openai.com/v1";

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
  const { apiKey, baseUrl, timeoutMs } = config;
  const base = baseUrl === undefined ? OPENAI_URL : baseOf(baseUrl);
  return new OpenAI({
    apiKey,
    baseURL: base,
    ...(baseUrl !== undefined && { defaultQuery: queryOf(baseUrl) }),
    // Azure's own endpoints take the key here alone.
    ...(isAzure(base) && { defaultHeaders: { "api-key": apiKey } }),
    timeout: timeoutMs,
    maxRetries: MAXIMUM_RETRIES,
    fetch: boundedFetch({ mostBytes, requestsAtOnce, base }),
  });
}

function isAzure(base: string): boolean {
  return /(?:^|\.)azure\.com$/.test(new URL(base).hostname);
}
