/**
 * Finds a language model's server on this machine: Ollama, LM Studio and llama.cpp each have a usual
 * port. Asks for the list of models alone, and sends no key.
 */
import { z } from "zod";

export interface LocalServer {
  /** What OPENAI_BASE_URL should be. */
  readonly baseUrl: string;
  /** The program that usually has this port; undefined for another port. */
  readonly program: string | undefined;
  /** The models that can chat, as far as their names tell. */
  readonly models: readonly string[];
}

const PROGRAMS: Readonly<Record<string, string>> = {
  "11434": "Ollama",
  "1234": "LM Studio",
  "8080": "llama.cpp",
};

/** A program on this machine answers at once, or is busy with something else. */
const WAIT_MS = 700;
const MOST_BYTES = 1024 * 1024;
const MOST_MODELS = 100;
/** Models that write nothing. */
const NO_CHAT = /embed|rerank|whisper|\bbge\b|\be5\b|clip/i;

/** As OpenAI lists models; whatever else is on these ports answers otherwise. */
const MODELS = z.object({ data: z.array(z.object({ id: z.string().min(1).max(200) })) });

/** Those of `addresses` where a server lists at least one model, in their order. Never throws. */
export async function findLocalServers(addresses: readonly string[]): Promise<LocalServer[]> {
  const found = await Promise.all(addresses.map(look));
  return found.filter((server) => server !== undefined);
}

async function look(address: string): Promise<LocalServer | undefined> {
  const baseUrl = `${address.replace(/\/{1,20}$/, "").replace(/\/v1$/, "")}/v1`;
  try {
    const signal = AbortSignal.timeout(WAIT_MS);
    const response = await fetch(`${baseUrl}/models`, { signal, redirect: "error" });
    if (!response.ok || Number(response.headers.get("content-length")) > MOST_BYTES) {
      await response.body?.cancel();
      return undefined;
    }
    const { data } = MODELS.parse(await response.json());
    const models = data.map(({ id }) => id).filter((id) => !NO_CHAT.test(id));
    if (models.length === 0) return undefined;
    const program = PROGRAMS[new URL(baseUrl).port];
    return { baseUrl, program, models: models.slice(0, MOST_MODELS) };
  } catch {
    // Nothing is there, or nothing of the kind.
    return undefined;
  }
}

/** What was found, in one sentence without its end. */
export function localServerText({ program, baseUrl, models }: LocalServer): string {
  const others = models.length === 1 ? "" : ` and ${models.length - 1} more`;
  return `${program ?? "a language model's server"} answers at ${baseUrl} with ${models[0]}${others}`;
}

/** The lines of `.env` that use it. */
export function localServerSettings({ baseUrl, models }: LocalServer): string {
  return `OPENAI_BASE_URL=${baseUrl} and OPENAI_MODEL=${models[0]}`;
}
