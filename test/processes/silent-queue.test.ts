/** A queue whose database has gone without a word, as a machine does that loses its power. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openQueue, RETRAINING } from "../../src/training/jobs/queue.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { silentLog } from "../support/silent-log.js";

let database: TemporaryPostgres;
const sockets: Socket[] = [];
beforeEach(async () => {
  database = await createTemporaryPostgres();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) socket.destroy();
  await database.remove();
});

it("is asked again on another connection", async () => {
  const target = new URL(database.url);
  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    sockets.push(client, server);
    client
      .on("error", () => undefined)
      .pipe(server.on("error", () => undefined))
      .pipe(client);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const url = new URL(database.url);
  url.port = String((proxy.address() as AddressInfo).port);
  const boss = await openQueue({ url: url.href, works: false, log: silentLog });
  expect(await boss.findJobs(RETRAINING)).toEqual([]);
  for (const socket of sockets) socket.unpipe().removeAllListeners("data").resume();
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  // Each of the connections that it has.
  const asked = Array.from({ length: sockets.length / 2 }, () => boss.findJobs(RETRAINING));
  const unanswered = asked.map((one) => expect(one).rejects.toThrow(/timeout/));
  await vi.advanceTimersByTimeAsync(60_000);
  await Promise.all(unanswered);
  vi.useRealTimers();
  expect(await boss.findJobs(RETRAINING)).toEqual([]);
  await boss.stop({ graceful: false });
  proxy.close();
});
