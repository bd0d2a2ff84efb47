import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isBroken, isConflict, isLost, isOutage } from "../../../src/store/postgres/errors.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";

/** The real errors of `pg` and of the server, told apart. */
describe("errors of PostgreSQL", () => {
  let database: TemporaryPostgres;
  let silent: Server;
  const accepted: Socket[] = [];
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    silent = createServer((socket) => {
      accepted.push(socket.on("error", () => undefined));
    }).listen(0, "127.0.0.1");
    await once(silent, "listening");
  });
  afterEach(async () => {
    for (const socket of accepted.splice(0)) socket.destroy();
    silent.close();
    await database.remove();
  });

  it("of a server that takes a connection and says nothing: lost, and not tried again", async () => {
    const { port } = silent.address() as AddressInfo;
    const settings = { host: "127.0.0.1", port, connectionTimeoutMillis: 50 };
    const client = new pg.Client(settings);
    const pool = new pg.Pool({ ...settings, max: 1 });
    const errors = [await errorOf(client.connect()), await errorOf(pool.connect())];
    const held = new pg.Pool({
      connectionString: database.url,
      max: 1,
      connectionTimeoutMillis: 2_000,
    });
    const one = await held.connect();
    errors.push(await errorOf(held.connect()));
    one.release();
    await Promise.all([pool.end(), held.end()]);
    for (const error of errors)
      expect(facts(error)).toEqual({ lost: true, broken: false, outage: true });
  });

  it("of a statement without an answer: lost, and not tried again", async () => {
    const client = await connected({ query_timeout: 50 });
    const error = await errorOf(client.query("SELECT pg_sleep(60)"));
    expect(facts(error)).toEqual({ lost: true, broken: false, outage: true });
    await database.terminateBackends();
  });

  it("of a connection that breaks: lost, and tried again", async () => {
    const client = await connected();
    const asleep = errorOf(client.query("SELECT pg_sleep(60)"));
    const waiting = errorOf(client.query("SELECT 1"));
    await database.terminateBackends();
    const errors = [await asleep, await waiting, await errorOf(client.query("SELECT 1"))];
    const ended = await connected();
    await ended.end();
    errors.push(await errorOf(ended.query("SELECT 1")));
    const cut = new pg.Client({ host: "127.0.0.1", port: (silent.address() as AddressInfo).port });
    cut.on("error", () => undefined);
    const cutting = once(silent, "connection").then(([socket]) => (socket as Socket).end());
    errors.push(await errorOf(cut.connect()));
    await cutting;
    for (const error of errors)
      expect(facts(error)).toEqual({ lost: true, broken: true, outage: true });
  });

  it("of what takes too long, of a standby and of too many connections: an outage", async () => {
    const client = await connected();
    await client.query("CREATE TABLE held (a int)");
    const errors = [
      await errorOf(client.query("SET statement_timeout = 20; SELECT pg_sleep(60)")),
      await errorOf(client.query("BEGIN READ ONLY; INSERT INTO held VALUES (1)")),
    ];
    await client.query("ROLLBACK; BEGIN; LOCK TABLE held");
    const other = await connected();
    errors.push(await errorOf(other.query("SET lock_timeout = 20; SELECT * FROM held")));
    await Promise.all([client.end(), other.end()]);
    const name = new URL(database.url).pathname.slice(1);
    await database.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
    await database.query("CREATE ROLE limited LOGIN PASSWORD 'longenough'");
    const url = new URL(database.url);
    url.username = "limited";
    url.password = "longenough";
    errors.push(await errorOf(new pg.Client(url.href).connect()));
    await database.query("DROP ROLE limited");
    for (const error of errors)
      expect(facts(error)).toEqual({ lost: false, broken: false, outage: true });
  });

  it("of a fault in the statement: no outage", async () => {
    const client = await connected();
    const errors = [
      await errorOf(client.query("SELECT nothing")),
      await errorOf(client.query("SELECT 1 / 0")),
      await errorOf(client.query("SELECT $1::text", ["a\0b"])),
    ];
    for (const error of errors) {
      expect(facts(error)).toEqual({ lost: false, broken: false, outage: false });
      expect(isConflict(error)).toBe(false);
    }
    await client.end();
  });

  it("of two that wait for each other: a conflict", async () => {
    const [one, two] = [await connected(), await connected()];
    await one.query("BEGIN; SELECT pg_advisory_xact_lock(1, 1)");
    await two.query("BEGIN; SELECT pg_advisory_xact_lock(1, 2)");
    const both = await Promise.allSettled([
      one.query("SELECT pg_advisory_xact_lock(1, 2)"),
      two.query("SELECT pg_advisory_xact_lock(1, 1)"),
    ]);
    const failed = both.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(isConflict(failed.reason)).toBe(true);
    expect(facts(failed.reason)).toEqual({ lost: false, broken: false, outage: false });
    await Promise.all([one.end(), two.end()]);
  });

  async function connected(settings: pg.ClientConfig = {}): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: database.url, ...settings });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }
});

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => error,
  );
}

function facts(error: unknown) {
  return { lost: isLost(error), broken: isBroken(error), outage: isOutage(error) };
}
