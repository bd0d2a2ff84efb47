import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Registry } from "prom-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { storeCheck } from "../../src/observability/health.js";
import { startWatching } from "../../src/observability/start-watching.js";
import {
  startWatchServer,
  type WatchServer,
  WatchServerError,
} from "../../src/observability/watch-server.js";
import type { BatchedSqlite } from "../../src/store/sqlite/batched-sqlite.js";
import { StoreError } from "../../src/store/store-error.js";
import { seriesValue } from "../support/metrics-text.js";
import { type RunningBot, startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const WATCHING = { host: "127.0.0.1", port: 0 };

describe("the health of a running bot", () => {
  let running: RunningBot;
  let server: WatchServer;
  beforeEach(async () => {
    running = await startRunningBot();
    server = (await startWatching({ watching: WATCHING }, running.test.services))!;
  });
  afterEach(async () => {
    await server.close();
    await running.close();
  });

  it("is good while Discord is heard and the store can be written", async () => {
    expect(await health()).toEqual([200, { status: "ok", problems: {} }]);
  });

  it("is bad while there is no connection to Discord, and good again after it", async () => {
    running.discord.gateway.forgetSessions();
    running.discord.gateway.dropConnections();
    await waitFor(async () => (await health())[0] === 503 || undefined, "the bad news");
    await waitFor(async () => (await health())[0] === 200 || undefined, "the good news");
  });

  it("is bad once the bot has stopped", async () => {
    await running.bot.stop();
    const problems = { gateway: "no events from Discord arrive" };
    expect(await health()).toEqual([503, { status: "unhealthy", problems }]);
  });

  it("answers nothing but GET and HEAD, on two paths", async () => {
    const url = `http://127.0.0.1:${server.port}`;
    const statuses = await Promise.all([
      fetch(`${url}/healthz?from=docker`).then(({ status }) => status),
      fetch(`${url}/healthz`, { method: "HEAD" }).then(({ status }) => status),
      fetch(`${url}/healthz`, { method: "POST" }).then(({ status }) => status),
      fetch(`${url}/`).then(({ status }) => status),
      fetch(`${url}/metrics/../.env`).then(({ status }) => status),
    ]);
    expect(statuses).toEqual([200, 200, 405, 404, 404]);
  });

  async function health(): Promise<[status: number, body: unknown]> {
    const response = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    expect(response.headers.get("content-type")).toBe("application/json");
    return [response.status, await response.json()];
  }
});

describe("the check of the store", () => {
  let running: RunningBot;
  beforeEach(async () => {
    running = await startRunningBot();
  });
  afterEach(() => running.close());

  it("says so while the store refuses to write, and recovers with it", async () => {
    const { services } = running.test;
    let now = 0;
    const check = storeCheck(
      () => services.store.trials.set("last", { at: now }),
      () => now,
    );
    expect(await check()).toBeUndefined();
    await makeReadOnly(true);
    now += 6_000;
    expect(await check()).toMatch(/^cannot be written/);
    await expect(services.store.trials.set("last", { at: 1 })).rejects.toThrow(StoreError);
    const text = await services.metrics.registry.metrics();
    expect(seriesValue(text, 'attune_store_errors_total{operation="set"}')).toBe(2);
    await makeReadOnly(false);
    now += 6_000;
    expect(await check()).toBeUndefined();
  });

  it("tries the disk no more often than every five seconds", async () => {
    const { services } = running.test;
    let now = 1_000;
    const check = storeCheck(
      () => services.store.trials.set("last", { at: now }),
      () => now,
    );
    for (; now < 12_000; now += 100) await check();
    expect(await services.store.trials.get("last")).toEqual({ at: 11_000 });
  });

  /** SQLite itself then refuses every write of this connection, as on a read-only file system. */
  async function makeReadOnly(readOnly: boolean): Promise<void> {
    const { parts } = running.test.services.store.trials as unknown as {
      parts: { engine: BatchedSqlite };
    };
    await parts.engine.writer.all(`PRAGMA query_only = ${readOnly ? "on" : "off"}`);
  }
});

describe("the port for metrics and health", () => {
  it("is refused with what to do where another program has it", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const options = { host: "127.0.0.1", port, registry: new Registry(), checks: {} };
    const starting = startWatchServer(options);
    await expect(starting).rejects.toThrow(WatchServerError);
    await expect(starting).rejects.toThrow(
      new RegExp(`127.0.0.1:${port} .*another program uses it.*METRICS_PORT`),
    );
    other.close();
    await once(other, "close");
  });

  it("is refused where the address is none of this machine's", async () => {
    const options = { host: "192.0.2.1", port: 0, registry: new Registry(), checks: {} };
    await expect(startWatchServer(options)).rejects.toThrow(/does not give it/);
  });

  it("stays closed where METRICS_PORT is empty", async () => {
    const parts = {} as Parameters<typeof startWatching>[1];
    expect(await startWatching({ watching: undefined }, parts)).toBeUndefined();
  });
});
