/** `/metrics` for Prometheus and `/healthz` for whoever restarts the bot, over HTTP. Knows no Discord. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { collectDefaultMetrics, type Registry } from "prom-client";
import { type HealthCheck, healthOf } from "./health.js";

/** The address for metrics and health cannot be had. */
export class WatchServerError extends Error {
  override readonly name = "WatchServerError";

  constructor(host: string, port: number, cause: unknown) {
    const taken = (cause as NodeJS.ErrnoException).code === "EADDRINUSE";
    const why = taken ? "another program uses it" : "this machine does not give it";
    const advice = "Choose others in METRICS_PORT and METRICS_HOST, or leave METRICS_PORT empty.";
    super(`Could not listen on ${host}:${port} for metrics and health: ${why}. ${advice}`, {
      cause,
    });
  }
}

export interface WatchServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface WatchServerOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly registry: Registry;
  readonly checks: Readonly<Record<string, HealthCheck>>;
}

/** Listens from now on; also measures the process itself. Throws {@link WatchServerError}. */
export async function startWatchServer(options: WatchServerOptions): Promise<WatchServer> {
  const { host, port, registry, checks } = options;
  const server = createServer((request, response) => {
    respond(request, response, registry, checks).catch(() => {
      // The metrics are in memory and checks do not throw: all that fails is the connection.
      response.destroy();
    });
  });
  await listen(server, host, port);
  collectDefaultMetrics({ register: registry });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw new WatchServerError(host, port, cause);
  }
}

async function respond(
  { method, url = "" }: IncomingMessage,
  response: ServerResponse,
  registry: Registry,
  checks: WatchServerOptions["checks"],
): Promise<void> {
  const path = url.split("?", 1)[0];
  if (method !== "GET" && method !== "HEAD") response.writeHead(405, { allow: "GET, HEAD" }).end();
  else if (path === "/metrics") {
    const metrics = await registry.metrics();
    response.writeHead(200, { "content-type": registry.contentType }).end(metrics);
  } else if (path === "/healthz") {
    const health = await healthOf(checks);
    const headers = { "content-type": "application/json", "cache-control": "no-store" };
    response.writeHead(health.status === "ok" ? 200 : 503, headers).end(JSON.stringify(health));
  } else response.writeHead(404).end();
}
