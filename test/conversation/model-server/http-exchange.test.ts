import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { boundedFetch } from "../../../src/conversation/model-server/bounded-fetch.js";
import { exchange } from "../../../src/conversation/model-server/http-exchange.js";
import { waitFor } from "../../support/wait-for.js";

const WORDS = JSON.stringify({ choices: [{ message: { content: "Sleep well. ".repeat(500) } }] });

describe("an exchange with a language model's server", () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener).listen(0, "127.0.0.1");
    await waitFor(() => server.listening || undefined, "the server");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it("sends the words and the headers, and gives the head of the answer", async () => {
    const url = await serve(async (request, response) => {
      const { method, headers } = request;
      response.writeHead(418, { "set-cookie": ["a=1", "b=2"] });
      response.end(JSON.stringify([method, headers["x-own"], await text(request)]));
    });
    const headers = new Headers({ "x-own": "yes" });
    const answer = await exchange(url, { method: "post", headers, body: "grüße" });
    expect(answer.status).toBe(418);
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(JSON.parse(await text(answer.body))).toEqual(["POST", "yes", "grüße"]);
  });

  it.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    [" GZIP ", gzipSync],
  ])("unpacks an answer that came as '%s' unasked", async (encoding, pack) => {
    const url = await serve((_, response) => {
      response.setHeader("content-encoding", encoding).end(pack(WORDS));
    });
    expect(await text((await exchange(url)).body)).toBe(WORDS);
    const read = await fetchFrom(url)(`${url}/chat/completions`);
    expect(await read.text()).toBe(WORDS);
  });

  it("throws where a packed answer breaks off, or the connection does", async () => {
    const url = await serve((request, response) => {
      const packed = gzipSync(WORDS);
      if (request.url === "/packed") {
        response.setHeader("content-encoding", "gzip").end(packed.subarray(0, packed.length - 20));
        return;
      }
      response.writeHead(200, { "content-length": String(WORDS.length) });
      response.write(WORDS.slice(0, 100), () => response.destroy());
    });
    for (const path of ["/packed", "/plain"]) {
      await expect(fetchFrom(url)(`${url}${path}`)).rejects.toThrow();
    }
  });

  it("closes the connection of an answer that is too large, packed or not", async () => {
    const closed: string[] = [];
    const url = await serve((request, response) => {
      response.on("close", () => closed.push(request.url!));
      const isPacked = request.url === "/v1/packed";
      if (isPacked) response.setHeader("content-encoding", "gzip");
      const piece = isPacked ? gzipSync("x".repeat(2_000_000)) : Buffer.alloc(2_000_000, "x");
      // Never ended by the server.
      response.write(piece);
    });
    for (const path of ["/v1/packed", "/v1/plain"]) {
      const answer = await fetchFrom(`${url}/v1`)(`${url}${path}`);
      expect(answer.status).toBe(413);
      await waitFor(() => closed.includes(path) || undefined, `the end of ${path}`);
    }
  });

  it("throws the reason of its signal, before and in the middle of the answer", async () => {
    const url = await serve((_, response) => void response.write("some"));
    const given = new AbortController();
    const { body } = await exchange(url, { signal: given.signal });
    given.abort(new RangeError("nobody waits"));
    await expect(text(body)).rejects.toThrow("nobody waits");
    await expect(exchange(url, { signal: given.signal })).rejects.toThrow("nobody waits");
  });

  it("sends a form with a file, and reads or leaves its answer", async () => {
    const closed: string[] = [];
    const url = await serve(async (request, response) => {
      response.on("close", () => closed.push(request.url!));
      const form = await text(request);
      if (request.url === "/large") response.write("x".repeat(2_000_000));
      else response.end(form);
    });
    const form = (): RequestInit => {
      const body = new FormData();
      body.set("file", new Blob(["a voice"]), "voice.ogg");
      return { method: "POST", body };
    };
    const sent = await text((await exchange(url, form())).body);
    expect(sent).toMatch(/filename="voice.ogg"[\s\S]*a voice/);
    expect((await fetchFrom(url)(`${url}/large`, form())).status).toBe(413);
    await waitFor(() => closed.includes("/large") || undefined, "the end of the large answer");
  });

  const fetchFrom = (base: string) =>
    boundedFetch({ mostBytes: 1_000_000, requestsAtOnce: 2, base });
});
