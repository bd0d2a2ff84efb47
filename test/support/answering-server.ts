/** A web server on a loopback port that gives every request an answer of the test's choice. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** `answer` gives the body; it may set the status of `response` first. */
export async function startAnsweringServer(
  answer: (request: IncomingMessage, response: ServerResponse) => string,
) {
  const server = createServer((request, response) => response.end(answer(request, response)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
