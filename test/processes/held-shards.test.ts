/** Shards that a process takes by locks, where the database answers late or not at all. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { holdShards } from "../../src/discord/gateway/held-shards.js";
import { openPostgresLocks } from "../../src/store/postgres/session-locks.js";
import type { SessionLocks } from "../../src/store/session-locks.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { silentLog } from "../support/silent-log.js";

let database: TemporaryPostgres;
beforeEach(async () => {
  database = await createTemporaryPostgres();
});
afterEach(() => database.remove());

it("are not kept by a session that is given up because its answer did not come", async () => {
  let sessions = 0;
  const openLocks = async (): Promise<SessionLocks> => {
    const locks = await openPostgresLocks(database.url);
    if (++sessions > 1) return locks;
    return {
      isHeld: () => locks.isHeld(),
      lost: locks.lost,
      release: () => locks.release(),
      // The server has done what was asked, and nobody hears of it, as after a network that stood still.
      take: async (names) => {
        await locks.take(names);
        throw new Error("Query read timeout");
      },
    };
  };
  const wanted = { count: 1, own: [0] };
  const parts = { token: "a.b.c", wanted, openLocks, log: silentLog };
  const signal = AbortSignal.timeout(20_000);
  const holding = await holdShards(parts, signal);
  expect(holding?.shards).toEqual(wanted);
  await holding!.release();
});

it("are given back at once where the process has begun to end meanwhile", async () => {
  const ending = new AbortController();
  let sessions: SessionLocks | undefined;
  const openLocks = async (): Promise<SessionLocks> => {
    sessions = await openPostgresLocks(database.url);
    const { take } = sessions;
    sessions.take = (names) => {
      ending.abort();
      return take.call(sessions, names);
    };
    return sessions;
  };
  const parts = { token: "a.b.c", wanted: { count: 1, own: [0] }, openLocks, log: silentLog };
  expect(await holdShards(parts, ending.signal)).toBeUndefined();
  await sessions!.lost;
});
