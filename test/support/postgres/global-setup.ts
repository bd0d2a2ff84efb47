/**
 * Once for a run of the tests: whoever asks first has a PostgreSQL server started, all others get the
 * same one, and it ends with the run. A run in which nobody asks has none.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { PostgresServer } from "./server.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** Answers with the address of the server. */
    postgresBroker: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined;
  const broker = createServer((_request, response) => {
    starting ??= PostgresServer.start();
    starting.then(
      (server) => response.end(server.url()),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  }).listen(0, "127.0.0.1");
  await once(broker, "listening");
  broker.unref();
  const { port } = broker.address() as AddressInfo;
  project.provide("postgresBroker", `http://127.0.0.1:${port}`);
  return async () => {
    broker.close();
    const server = await starting?.catch(() => undefined);
    await server?.remove();
  };
}
