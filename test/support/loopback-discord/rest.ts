/** The HTTP side: authorisation, rate limits, faults on demand, and a record of every request. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Buckets } from "./buckets.js";
import { Faults } from "./faults.js";
import { readBody } from "./request-body.js";
import { RestError } from "./rest-error.js";
import type { RouteTable } from "./routes.js";

export interface RecordedRequest {
  readonly method: string;
  /** Without /api/v10/ and the query. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

const PREFIX = "/api/v10/";
/** Interactions carry their own token in the path. */
const UNAUTHORISED_PATHS = /^(interactions|webhooks)\//;

export class RestServer {
  readonly requests: RecordedRequest[] = [];
  readonly faults = new Faults();

  constructor(
    private readonly token: string,
    private readonly buckets: Buckets,
    private readonly routes: () => RouteTable,
  ) {}

  /** The next `times` requests that match are refused with `status` and Discord's `code`. */
  fail(method: string, path: RegExp, status: number, times = 1, code = 0): void {
    this.faults.add({ kind: "refuse", method, path, status, code, times });
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://loopback");
    const method = request.method ?? "GET";
    const path = decodeURIComponent(url.pathname.replace(PREFIX, ""));
    const body = await readBody(await buffer(request), request.headers["content-type"]);
    const headers: Record<string, string> = {};
    let status = 200;
    let answer: unknown;
    try {
      this.#authorise(request, path);
      Object.assign(headers, this.buckets.take(`${method} ${bucketOf(path)}`));
      const { ignored, after } = this.faults.strike(method, path, body);
      for (const parameter of ignored) url.searchParams.delete(parameter);
      answer = this.#route(method, path, url.searchParams, body);
      answer = await after(answer);
      status = answer === undefined ? 204 : 200;
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      status = error.status;
      Object.assign(headers, error.headers);
      answer = { code: error.code, message: error.message, ...error.extra };
    }
    this.requests.push({ method, path, body, status });
    if (answer === undefined) response.writeHead(status, headers).end();
    else {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(answer));
    }
  }

  #authorise(request: IncomingMessage, path: string): void {
    if (UNAUTHORISED_PATHS.test(path)) return;
    if (request.headers.authorization !== `Bot ${this.token}`) {
      throw new RestError(401, 0, "401: Unauthorized");
    }
  }

  #route(method: string, path: string, query: URLSearchParams, body: unknown): unknown {
    for (const [routeMethod, pattern, route] of this.routes()) {
      const parts = routeMethod === method ? matchParts(pattern, path) : undefined;
      if (parts !== undefined) return route({ path: parts, query, body });
    }
    throw new RestError(404, 0, `404: Not Found (${method} ${path})`);
  }
}

/** The parts of `path` where `pattern` has stars, or undefined where they differ. */
function matchParts(pattern: string, path: string): string[] | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  if (!wanted.every((part, at) => part === "*" || part === given[at])) return undefined;
  return given.filter((_, at) => wanted[at] === "*");
}

/** Limits are per channel, not per message. */
function bucketOf(path: string): string {
  return path.replace(/\/messages\/\d+/, "/messages/*");
}
