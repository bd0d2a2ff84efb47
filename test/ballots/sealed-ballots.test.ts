import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SealedBallots } from "../../src/ballots/sealed-ballots.js";
import type { BallotRecord } from "../../src/store/records.js";
import { TextCipher } from "../../src/store/text-cipher.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const KEY = new TextCipher(new Uint8Array(32).fill(7));
const ALWAYS = { keys: [], holds: () => true };
const BALLOT: BallotRecord = {
  guildId: "900",
  memberId: "1",
  channelId: "7",
  comparisonId: "C",
  candidates: [
    { text: "FIRST-ANSWER", features: "1:AA==" },
    { text: "SECOND-ANSWER", features: "1:AA==" },
  ],
  alternative: "THIRD-ANSWER",
  encoder: "e",
  source: "chat",
  trains: true,
  demonstration: false,
  choices: [],
  followUpIds: [],
  createdAt: 0,
  expiresAt: 1,
};

describe("the texts of a ballot at rest", () => {
  let temporary: TemporaryStore;
  beforeEach(async () => {
    temporary = await createTemporaryStore();
  });
  afterEach(() => temporary.remove());

  const opened = (cipher: TextCipher | undefined) => new SealedBallots(temporary.store, cipher);

  async function bytesOfStore(): Promise<string> {
    await temporary.reopen();
    return readFileSync(temporary.url.replace("sqlite://", ""), "latin1");
  }

  it("are encrypted with a key, and come back with it after a restart", async () => {
    await opened(KEY).add("1", BALLOT, ALWAYS);
    expect(await opened(KEY).get("1")).toEqual(BALLOT);
    expect(await bytesOfStore()).not.toMatch(/(FIRST|SECOND|THIRD)-ANSWER/);
  });

  it("are gone, without an error, where the key is another one", async () => {
    await opened(KEY).add("1", BALLOT, ALWAYS);
    const other = opened(new TextCipher(new Uint8Array(32)));
    expect(await other.get("1")).toMatchObject({ textsGone: true, memberId: "1" });
    expect(await opened(undefined).get("1")).toMatchObject({ textsGone: true });
  });

  it("are read again with the right key, whatever was written with another one meanwhile", async () => {
    await opened(KEY).add("1", BALLOT, ALWAYS);
    for (const other of [new TextCipher(new Uint8Array(32)), undefined]) {
      const { value, unchanged } = await opened(other).read("1");
      await opened(other).replace("1", { ...value!, choices: ["a"] }, unchanged);
      await opened(other).move("1", "2", (await opened(other).get("1"))!, ALWAYS);
      const moved = await opened(other).read("2");
      await opened(other).replace("2", moved.value!, moved.unchanged);
    }
    const { candidates, alternative } = BALLOT;
    for (const id of ["1", "2"]) {
      expect(await opened(KEY).get(id)).toMatchObject({ candidates, alternative, choices: ["a"] });
    }
    expect(JSON.stringify(await temporary.store.ballots.get("1"))).not.toContain("unread");
  });

  it("stay encrypted as they are while the ballot is read, changed and moved", async () => {
    const ballots = opened(KEY);
    await ballots.add("1", BALLOT, ALWAYS);
    const before = (await temporary.store.ballots.get("1"))!;
    const { value, unchanged } = await ballots.read("1");
    await ballots.replace("1", { ...value!, choices: ["a"] }, unchanged);
    expect(await temporary.store.ballots.get("1")).toEqual({ ...before, choices: ["a"] });
    await ballots.move("1", "2", (await ballots.read("1")).value!, ALWAYS);
    await ballots.move("2", "3", (await ballots.read("2")).value!, ALWAYS);
    for (const id of ["1", "2", "3"]) {
      const { candidates, alternative } = BALLOT;
      expect(await opened(KEY).get(id)).toMatchObject({ candidates, alternative, choices: ["a"] });
    }
  });

  it("are encrypted with the first change after there is a key", async () => {
    await opened(undefined).add("1", BALLOT, ALWAYS);
    const { value, unchanged } = await opened(KEY).read("1");
    await opened(KEY).replace("1", { ...value!, choices: ["a"] }, unchanged);
    expect(await opened(KEY).get("1")).toEqual({ ...BALLOT, choices: ["a"] });
    expect(JSON.stringify(await temporary.store.ballots.get("1"))).not.toContain("ANSWER");
  });

  it("are kept without a key while the question is open, and then in memory alone", async () => {
    const ballots = opened(undefined);
    await ballots.add("1", BALLOT, ALWAYS);
    expect((await opened(undefined).get("1"))!.candidates[0].text).toBe("FIRST-ANSWER");
    await ballots.add("1", { ...BALLOT, choices: ["a"] }, ALWAYS);
    expect((await ballots.get("1"))!.candidates[0].text).toBe("FIRST-ANSWER");
    expect(await opened(undefined).get("1")).toMatchObject({ textsGone: true });
  });

  it("are nowhere in memory either once the ballot is deleted", async () => {
    const ballots = opened(undefined);
    await ballots.add("1", { ...BALLOT, choices: ["a"] }, ALWAYS);
    await ballots.deleteMany(["1"]);
    expect(await ballots.get("1")).toBeUndefined();
  });
});
