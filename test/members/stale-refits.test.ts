import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { refitSome } from "../../src/members/stale-refits.js";
import { profileKey } from "../../src/store/keys.js";
import type { MemberKey } from "../../src/store/records.js";
import { StoreUnavailableError } from "../../src/store/store-error.js";
import { createRecordingLog } from "../support/recording-log.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const MEMBERS: readonly MemberKey[] = ["11", "12", "13"].map((memberId) => ({
  guildId: "900",
  memberId,
}));

let test: TestServices;
beforeEach(async () => {
  test = await createTestServices();
  const { consents, nudges, store } = test.services;
  for (const member of MEMBERS) {
    await consents.grant(member);
    await nudges.nudge(member, nudges.axes.version, 0, true);
    const profile = await store.profiles.get(profileKey(member));
    await store.profiles.set(profileKey(member), { ...profile!, stale: true });
  }
});
afterEach(() => test.remove());

function refit(most: number) {
  const { store, models, profiles } = test.services;
  const recording = createRecordingLog();
  const parts = { store, models, profiles, accepts: () => true, log: recording.log };
  const failures = () => recording.events.filter(({ event }) => event === "profiles.refit-failed");
  return refitSome(parts, most, () => false).then((report) => ({ report, failures: failures() }));
}

const isStale = async (member: MemberKey) =>
  (await test.services.store.profiles.get(profileKey(member)))?.stale === true;

it("profiles that are out of date are refitted, so many at a time", async () => {
  expect((await refit(2)).report).toEqual({ refitted: 2, left: true });
  expect((await refit(2)).report).toEqual({ refitted: 1, left: false });
  expect(await Promise.all(MEMBERS.map(isStale))).toEqual([false, false, false]);
});

it("one that can't be refitted keeps none of the others from it", async () => {
  vi.spyOn(test.services.profiles, "refit").mockRejectedValueOnce(new Error("a broken one"));
  const { report, failures } = await refit(2);
  expect(report).toEqual({ refitted: 2, left: false });
  expect(failures).toHaveLength(1);
  expect(await Promise.all(MEMBERS.map(isStale))).toEqual([true, false, false]);
});

it("where the store is away the rest waits for the next time", async () => {
  const refitOne = vi.spyOn(test.services.profiles, "refit");
  refitOne.mockRejectedValueOnce(new StoreUnavailableError("away"));
  const { report, failures } = await refit(3);
  expect(report.refitted).toBe(0);
  expect(failures).toHaveLength(1);
  expect(refitOne).toHaveBeenCalledTimes(1);
});
