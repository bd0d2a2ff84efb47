import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { dirname } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { encodeResponse } from "../../models/encoder/encoder.js";
import type { MemberKey } from "../../src/store/records.js";
import { backUpTo, putBack, replacedName } from "../../src/store/sqlite/backup.js";
import { openDatabase, pathOfStore, TABLE } from "../../src/store/sqlite/database.js";
import { TombstoneFile } from "../../src/store/sqlite/tombstone-file.js";
import { openStore } from "../../src/store/store.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { filesWith } from "../support/bytes-of-files.js";
import { pausedAt, watchSteps } from "../support/paused-steps.js";
import { createRecordingLog } from "../support/recording-log.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const DAY_MS = 24 * 60 * 60 * 1000;

describe("a backup that is put back", () => {
  let test: TestServices;
  let path: string;
  let now = Date.now();
  let recording: ReturnType<typeof createRecordingLog>;
  beforeAll(() => watchSteps());
  afterAll(() => void vi.restoreAllMocks());
  beforeEach(async () => {
    recording = createRecordingLog();
    test = await createTestServices({}, () => now, recording.log);
    path = test.config.storeUrl.replace("sqlite://", "");
  });
  afterEach(() => test.remove());

  const member = (id: string, guildId = "810000000000000900"): MemberKey => ({
    guildId,
    memberId: `84000000000000${id}`,
  });

  /** The message of the member's ballot, which is in one server. */
  const ballotOf = ({ guildId, memberId }: MemberKey) => `${memberId.slice(4)}${guildId.slice(-2)}`;

  async function seat(one: MemberKey): Promise<void> {
    const { ballots, consents, models, questions, votes, replyNotes } = test.services;
    await consents.grant(one);
    await consents.setPooled(one, true);
    const ballot = ballotOf(one);
    const candidate = (text: string) => ({ text, features: featuresToText(encodeResponse(text)) });
    await ballots.post(
      {
        ...{ member: one, encoder: models.current.encoderId, source: "chat", trains: true },
        candidates: [candidate("Yes."), candidate("It depends.")],
        demonstration: false,
      },
      "1",
      ballot,
    );
    await votes.cast(ballot, one.memberId, "a");
    await questions.claim(one, { perDay: 9, gap: 0 });
    await replyNotes.note([`${ballot}8`], one, { tipped: [], runnerUp: "Another." });
  }

  async function backUp(): Promise<string> {
    const database = await openDatabase(path, "read", 5_000);
    await backUpTo(database, `${dirname(path)}.backup`);
    await database.close();
    return `${dirname(path)}.backup`;
  }

  /** As `npm run store -- restore` does, or by hand. */
  async function restore(backup: string, how: "put back" | "copied over"): Promise<void> {
    await test.services.close();
    if (how === "put back") putBack(backup, path, `${dirname(path)}.replaced`);
    else copyFileSync(backup, path);
    test.services = { ...test.services, close: async () => undefined };
    await test.restart();
  }

  it.each(["put back", "copied over"] as const)(
    "does not bring a deleted member back, nor a taken-back consent, where it is %s",
    async (how) => {
      const [gone, here, stays, refused, unpooled, reset, anew] = [1, 2, 3, 4, 5, 6, 7].map((id) =>
        member(`100${id}`),
      ) as [MemberKey, MemberKey, MemberKey, MemberKey, MemberKey, MemberKey, MemberKey];
      const left = member("1008", "810000000000000999");
      const elsewhere = { ...here, guildId: "810000000000000901" };
      const all = [gone, here, elsewhere, stays, refused, unpooled, reset, anew, left];
      for (const one of all) await seat(one);
      const backup = await backUp();
      const { memberData, consents, departures } = test.services;
      // The clock may even go back meanwhile.
      now -= 1000;
      await memberData.delete(gone.memberId, "everywhere");
      await memberData.delete(here.memberId, [here.guildId]);
      await memberData.delete(anew.memberId, "everywhere");
      await consents.grant(anew);
      await consents.refuse(refused);
      await consents.setPooled(unpooled, false);
      await memberData.reset(reset);
      now += 100 * DAY_MS;
      await departures.left(left.guildId);
      now += 100 * DAY_MS;
      await departures.purge();
      await restore(backup, how);
      const { memberData: data, profiles, store } = test.services;
      const told = test.services.consents;
      for (const { memberId } of [gone, anew, left]) {
        expect(filesWith(test.config.storeUrl, memberId)).toEqual([]);
      }
      expect(await data.placesOf(here.memberId)).toEqual([elsewhere.guildId]);
      expect((await told.get(refused))?.state).toBe("refused");
      expect(await told.mayPool(unpooled)).toBe(false);
      expect(await told.mayLearn(unpooled)).toBe(true);
      expect(await told.mayLearn(reset)).toBe(true);
      expect(await profiles.comparisonsOf(reset)).toEqual([]);
      for (const whole of [stays, elsewhere, refused, unpooled]) {
        expect(await profiles.comparisonsOf(whole)).toHaveLength(1);
      }
      expect(await told.mayPool(stays)).toBe(true);
      expect(await store.settings.count()).toBe(0);
      // A life that begins after it goes on, over restarts.
      await seat(gone);
      await test.restart();
      expect(await test.services.profiles.comparisonsOf(gone)).toHaveLength(1);
      rmSync(backup);
    },
  );

  it("a deletion in whose middle the process was killed is finished at the next start", async () => {
    const gone = member("2001");
    await seat(gone);
    // The first thing that a deletion does; then comes the end.
    new TombstoneFile(path).note("person", gone.memberId, now);
    expect(filesWith(test.config.storeUrl, gone.memberId)).not.toEqual([]);
    await test.restart();
    expect(filesWith(test.config.storeUrl, gone.memberId)).toEqual([]);
  });

  it("whatever the moment of its death", async () => {
    let copies = 0;
    for (let step = 1; ; step++) {
      const gone = member(`21${String(step).padStart(2, "0")}`);
      await seat(gone);
      const { memberData } = test.services;
      const deletion = () => memberData.delete(gone.memberId, "everywhere");
      const work = await pausedAt(step, deletion);
      const folder = mkdtempSync(`${dirname(path)}-killed-`);
      for (const file of readdirSync(dirname(path))) {
        copyFileSync(`${dirname(path)}/${file}`, `${folder}/${file}`);
      }
      await work.finish();
      const url = `sqlite://${folder}/attune.sqlite`;
      const store = await openStore(url, () => undefined, { alone: true });
      // One that had not begun leaves everything.
      if (new TombstoneFile(pathOfStore(url)).of("person", gone.memberId) !== undefined) {
        expect([step, filesWith(url, gone.memberId)]).toEqual([step, []]);
        copies++;
      }
      await store.close();
      rmSync(folder, { recursive: true });
      if (!work.stopped) break;
    }
    expect(copies).toBeGreaterThan(4);
  });

  it("damaged records of a member are deleted with the others, those that nobody can tell in time", async () => {
    const gone = member("3001");
    const stays = member("3002");
    await seat(gone);
    await seat(stays);
    const id = gone.memberId;
    const database = await openDatabase(path, "write", 5_000);
    const damage = (key: string, value: string | Buffer) =>
      database.all(`INSERT OR REPLACE INTO ${TABLE} (key, value) VALUES (?, ?)`, key, value);
    await damage("ballot:1", `{"value":{"memberId":"${id}`);
    await damage("ballot:2", `{"value":{"memberId":${id}}}`);
    await damage("ballot:3", Buffer.from([0, 255, ...Buffer.from(id), 0]));
    await damage("reply:4", `{"value":{"memberId":"${id}","guildId":7}}`);
    await damage("reply:5", "nothing to be read");
    await damage(`ballot:${BigInt(Math.trunc(now) - Date.UTC(2015, 0, 1)) << 22n}`, "new");
    for (const namespace of ["profile", "comparison", "calibration", "questions"]) {
      await damage(`${namespace}:${gone.guildId}:${id}`, "{");
    }
    await damage(`consent:${id}:${gone.guildId}`, '{"value":{"state":"?"}}');
    await database.close();
    await test.services.memberData.delete(id, "everywhere");
    await test.services.store.deletion.bytesGone();
    expect(filesWith(test.config.storeUrl, id)).toEqual([]);
    expect(await test.services.memberData.placesOf(stays.memberId)).toEqual([stays.guildId]);
    await test.services.replyNotes.purgeExpired();
    await test.services.ballots.purgeExpired();
    const { ballots, replies } = test.services.store;
    expect([await ballots.count(), await replies.count()]).toEqual([2, 1]);
  });

  it("leaves no copy of what was there before that is older than thirty days", async () => {
    const made = [replacedName(path, () => now), `${replacedName(path, () => now - 1)}-wal`];
    made.push(`${path}.before-version-3-x`, `${path}.unfinished`, `${path}.backup-mine`);
    for (const file of made) copyFileSync(path, file);
    const old = new Date(now - 31 * DAY_MS);
    for (const file of made) utimesSync(file, old, old);
    expect(test.services.store.purgeCopies(() => now)).toBe(4);
    expect(made.filter((file) => existsSync(file))).toEqual([`${path}.backup-mine`]);
  });

  it("and every file is its owner's alone", async () => {
    await seat(member("4001"));
    await test.services.memberData.delete(member("4001").memberId, "everywhere");
    const database = await openDatabase(path, "read", 5_000);
    await backUpTo(database, `${path}.backup-1`);
    await database.close();
    putBack(`${path}.backup-1`, `${path}-other`, `${path}.replaced-1`);
    const files = readdirSync(dirname(path));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      expect([file, statSync(`${dirname(path)}/${file}`).mode & 0o077]).toEqual([file, 0]);
    }
  });

  it("another key is told of at the start, harms no text, and the right key reads again", async () => {
    const key = (fill: string) => Buffer.alloc(32, fill).toString("base64");
    const told = () =>
      recording.events.filter(({ event }) => event === "encryption.other-key").length;
    await test.restart({ ENCRYPTION_KEY: key("right") });
    const one = member("5001");
    await seat(one);
    const id = ballotOf(one);
    for (const [environment, times] of [
      [{ ENCRYPTION_KEY: key("right") }, 0],
      [{ ENCRYPTION_KEY: key("wrong") }, 1],
      [{}, 2],
    ] as const) {
      const { votes, ballots } = await test.restart(environment);
      expect(told()).toBe(times);
      await votes.cast(id, one.memberId, "b");
      await votes.withdraw(id, one.memberId, "b");
      const [candidate] = (await ballots.get(id))!.candidates;
      expect(candidate.text).toBe(times === 0 ? "Yes." : "");
    }
    const { ballots, replyNotes } = await test.restart({ ENCRYPTION_KEY: key("right") });
    expect((await ballots.get(id))!.candidates.map(({ text }) => text)).toEqual([
      "Yes.",
      "It depends.",
    ]);
    expect((await replyNotes.why(`${id}8`, one.memberId))?.runnerUp).toBe("Another.");
  });
});
