/**
 * Ports for programs that are told theirs, and may be stopped and started again on it. Below those that the
 * system gives to connections, one of which may otherwise have it when the program wants it.
 */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

const LOWEST = 15_000;
/** Linux' own begin at 32,768, and those of other systems at 49,152. */
const ABOVE_HIGHEST = 32_000;

/** A port of this machine that nobody has at the moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, ABOVE_HIGHEST);
    const server = createServer();
    const isFree = once(server, "listening").then(
      () => true,
      () => false,
    );
    server.listen(port, "127.0.0.1");
    if (!(await isFree)) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
