/**
 * A look at the language model's server at the start: a wrong key, name or address is told before the
 * first member asks. One request that costs nothing, and a cheap one where the server lists no models;
 * nobody waits for it.
 */
import type { OpenAIConfig } from "../config.js";
import type { Log } from "../log.js";
import type { ChatServer } from "./chat-server.js";
import { HINTS } from "./circuit.js";
import { failureOf } from "./failure-of.js";
import { PLAIN_QUESTION } from "./learned-dialect.js";
import { createOpenAIClient } from "./openai-client.js";

const LONGEST_WAIT_MS = 10_000;
/** Of a list of models, which may have thousands. */
const MOST_BYTES = 8 * 1024 * 1024;

/** What a server says that has no list, whatever else it can do. */
const NO_LIST: ReadonlySet<string> = new Set(["badAddress", "unknownModel", "refused", "tooLarge"]);
const UNREACHED = "Nobody answers at OPENAI_BASE_URL (yet): check it, and whether the server runs.";
const UNLISTED =
  "The server does not list this model: check OPENAI_MODEL. Some servers take any name, and some do not list all.";

/** Tells in one line of the log what is wrong with the server of `config`, and nothing where it is well. Never throws. */
export async function checkServer(
  config: OpenAIConfig,
  server: Pick<ChatServer, "complete">,
  log: Log,
): Promise<void> {
  const { model } = config;
  try {
    const names = await modelsOf(config);
    if (names === undefined) await askPlainly(config, server);
    if (names === undefined || names.some((name) => isSameModel(name, model))) return;
    log.warn({ event: "language-model.unlisted", model, hint: UNLISTED });
  } catch (error) {
    const kind = failureOf(error);
    log.warn({ event: "language-model.unwell", kind, hint: HINTS[kind] ?? UNREACHED });
  }
}

async function askPlainly(
  { timeoutMs }: OpenAIConfig,
  server: Pick<ChatServer, "complete">,
): Promise<void> {
  const signal = AbortSignal.timeout(Math.min(LONGEST_WAIT_MS, timeoutMs));
  await server.complete(PLAIN_QUESTION, { signal });
}

/** Undefined where the server lists none. Throws where it does not let anybody in. */
async function modelsOf(config: OpenAIConfig): Promise<string[] | undefined> {
  const client = createOpenAIClient(config, { mostBytes: MOST_BYTES });
  const options = { timeout: Math.min(LONGEST_WAIT_MS, config.timeoutMs), maxRetries: 1 };
  try {
    // Read by hand: what some servers send has another form than the client's.
    return namesIn(await client.get("/models", options));
  } catch (error) {
    if (NO_LIST.has(failureOf(error))) return undefined;
    throw error;
  }
}

function namesIn(answer: unknown): string[] | undefined {
  const { data } = (answer ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) return undefined;
  const names = data.map((one: { id?: unknown } | null) => one?.id);
  const known = names.filter((name): name is string => typeof name === "string");
  return known.length > 0 ? known : undefined;
}

/** As servers write names: with a path or a maker before it, or a variant after it. */
function isSameModel(listed: string, configured: string): boolean {
  const [one, other] = [listed.toLowerCase(), configured.toLowerCase()];
  const bare = (name: string) => name.replace(/^models\//, "").replace(/:[\w.-]*$/, "");
  return one === other || bare(one) === bare(other) || one.endsWith(`/${other}`);
}
