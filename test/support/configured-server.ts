/** The settings for a language model's server on loopback, as the configuration would give them. */
import type { OpenAIConfig } from "../../src/config.js";

export function configuredFor(
  { baseUrl }: { readonly baseUrl: string },
  changed: Partial<OpenAIConfig> = {},
): OpenAIConfig {
  return {
    apiKey: "key",
    baseUrl,
    model: "loopback",
    otherModels: [],
    timeoutMs: 20_000,
    prices: undefined,
    maximumOutputTokens: 4_000,
    instruction: undefined,
    ...changed,
  };
}
