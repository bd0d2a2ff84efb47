/**
 * A look at the language model's server at the start: a wrong key, name or address is told before the
 * first member asks, and what the server takes is learned. One cheap request; nobody waits for it.
 */
import type { OpenAIConfig } from "../../config.js";
import { Deadline } from "../../shared/deadline.js";
import type { Log } from "../../shared/log.js";
import { HINTS } from "../candidates/circuit.js";
import type { ChatServer } from "./chat-server.js";
import { failureOf } from "./failure-of.js";
import { PLAIN_QUESTION } from "./learned-dialect.js";
import { findLocalServers, localServerSettings, localServerText } from "./local-servers.js";

const UNREACHED =
  "No answer came from OPENAI_BASE_URL (yet): check it, and whether the server runs and is well.";

/** Tells in one line of the log what is wrong with `server`, and nothing where it is well. Never throws. */
export async function checkServer(
  { timeoutMs }: Pick<OpenAIConfig, "timeoutMs">,
  server: Pick<ChatServer, "complete">,
  log: Log,
): Promise<void> {
  const deadline = new Deadline(timeoutMs);
  try {
    await server.complete(PLAIN_QUESTION, { signal: deadline.signal });
  } catch (error) {
    const kind = deadline.signal.aborted ? "timeout" : failureOf(error);
    log.warn({ event: "language-model.unwell", kind, hint: HINTS[kind] ?? UNREACHED });
  } finally {
    deadline.end();
  }
}

/** Tells in one line of the log of a server on this machine, where none is set. Never throws. */
export async function tellLocalServer(addresses: readonly string[], log: Log): Promise<void> {
  const [server] = await findLocalServers(addresses);
  if (server === undefined) return;
  const hint = `To use it, put ${localServerSettings(server)} into .env.`;
  log.info({ event: "language-model.local", found: localServerText(server), hint });
}
