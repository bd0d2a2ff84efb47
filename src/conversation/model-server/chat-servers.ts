/**
 * One language model's server with all the models that its owner allows there. Each model has its own
 * dialect; the client, and with it the bound of requests at once, is shared.
 */
import type { Config, OpenAIConfig } from "../../config.js";
import type { TokenHold, UsageListener } from "../../limits/spending.js";
import { ChatServer } from "./chat-server.js";
import { type ClientBounds, createOpenAIClient } from "./openai-client.js";

/** The servers that are set up: the first, and the one that is asked when it fails. */
export interface LanguageModelServers {
  /** Undefined where the deck answers. */
  readonly first: ChatServers | undefined;
  readonly second: ChatServers | undefined;
}

/** Those that `config` names. */
export function openServers(
  { openai, fallback, limits }: Pick<Config, "openai" | "fallback" | "limits">,
  onUsage?: UsageListener,
  hold?: TokenHold,
): LanguageModelServers {
  const { requestsAtOnce } = limits;
  const open = (config: OpenAIConfig | undefined) =>
    config && new ChatServers(config, onUsage, { requestsAtOnce }, hold);
  return { first: open(openai), second: open(fallback) };
}

export class ChatServers {
  /** The one of OPENAI_MODEL. */
  readonly main: ChatServer;
  readonly #others: ReadonlyMap<string, ChatServer>;

  constructor(
    readonly config: OpenAIConfig,
    onUsage?: UsageListener,
    bounds: ClientBounds = {},
    hold?: TokenHold,
  ) {
    const client = createOpenAIClient(config, bounds);
    const serverOf = (model: string) => new ChatServer({ ...config, model }, onUsage, client, hold);
    this.main = serverOf(config.model);
    this.#others = new Map(config.otherModels.map((model) => [model, serverOf(model)]));
  }

  /** That of `model`; the main one where `model` is not given or not allowed any more. */
  of(model: string | undefined): ChatServer {
    return (model !== undefined && this.#others.get(model)) || this.main;
  }

  /** All of them, the main one first. */
  all(): readonly ChatServer[] {
    return [this.main, ...this.#others.values()];
  }
}
