import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { speakerOf } from "../../src/language/say.js";
import { seatNeighbours } from "../../src/playground/neighbours.js";
import { createPopulation } from "../../src/playground/simulated-member.js";
import { loadDeck } from "../../src/shared/deck/deck.js";
import { numbersFromText } from "../../src/store/vector-text.js";
import { LocalJobs } from "../../src/training/jobs/local-jobs.js";
import { reportText } from "../../src/training/report-text.js";
import {
  MINIMUM_MEMBERS,
  RetrainingInProgressError,
  TooFewMembersError,
} from "../../src/training/retraining.js";
import { createRecordingLog } from "../support/recording-log.js";
import { createTestServices, type TestServices } from "../support/test-services.js";
import { waitFor } from "../support/wait-for.js";

const STARTER = createStarterModel().version;

const GUILD = "900";

describe("the retraining", () => {
  let test: TestServices;
  let recording: ReturnType<typeof createRecordingLog>;
  beforeEach(async () => {
    recording = createRecordingLog();
    test = await createTestServices({}, Date.now, recording.log);
  });
  afterEach(() => test.remove());

  it("waits for enough members, and says how many there are", async () => {
    const { retraining, models } = test.services;
    await expect(retraining.run(() => undefined)).rejects.toThrow(TooFewMembersError);
    await expect(retraining.run(() => undefined)).rejects.toThrow(
      new RegExp(`at least ${MINIMUM_MEMBERS} members who agreed to pooled training; so far .* 0`),
    );
    expect(models.current.version).toBe(STARTER);
  });

  it("can be asked again after it was refused", async () => {
    const { retraining } = test.services;
    await expect(retraining.run(() => undefined)).rejects.toThrow(TooFewMembersError);
    await expect(retraining.run(() => undefined)).rejects.toThrow(TooFewMembersError);
  });

  it("learns from members with different tastes, refits them, survives a restart, can be undone", async () => {
    await seat();
    const stages: string[] = [];
    const report = await test.services.retraining.run(({ stage }) => void stages.push(stage));
    expect(report.adopted).toBe(true);
    expect(report.after.logLikelihood).toBeGreaterThan(report.before.logLikelihood);
    expect(report.members).toBe(30);
    expect(new Set(stages).size).toBeGreaterThan(1);
    const text = reportText(report, speakerOf("en"));
    expect(text).toMatch(/held-out votes predicted right/);
    expect(text).toContain("npm run models -- restore starter --scope discord");
    for (const { name, low, high } of report.axes) {
      expect(text).toContain(`${name}: ${low} ↔ ${high}`);
    }
    expect(text.length).toBeLessThan(2_000);
    const [record] = await test.services.models.versions();
    expect(record).toMatchObject({
      version: report.version,
      parent: STARTER,
      scope: "discord",
      rank: report.rank,
      heldOut: { before: report.before, after: report.after, gain: report.gain },
      training: { members: 30, comparisons: 900, backend: expect.stringMatching(/^Training with/) },
    });
    expect(record?.training?.seconds).toBeGreaterThan(0);

    for await (const [, profile] of test.services.store.profiles.entries()) {
      expect(profile.modelVersion).toBe(report.version);
      expect(numbersFromText(profile.weights)).toHaveLength(report.rank);
    }
    const before = test.services.models.current;
    const { models } = await test.restart();
    expect(models.current).toEqual(before);

    const { profiles } = test.services;
    await models.restore("starter");
    const member = { guildId: GUILD, memberId: "100" };
    expect((await profiles.userWeights(member)).modelVersion).toBe(STARTER);
    await models.restore(report.version);
    expect((await profiles.userWeights(member)).modelVersion).toBe(report.version);
    await expect(models.restore("nonsense")).rejects.toThrow(/There are: .*, starter/);
  });

  it("counts only members who said yes to pooling, on servers whose admin allows it", async () => {
    await seat();
    const { consents, retraining, store } = test.services;
    const refusal = async () =>
      retraining
        .run(() => undefined)
        .then(
          () => "trained",
          (error: Error) => error.message,
        );
    await store.settings.set(GUILD, { pooledTraining: false });
    expect(await refusal()).toMatch(/so far there are 0/);
    await store.settings.set(GUILD, {});
    for await (const [key] of store.profiles.entries()) {
      const [guildId, memberId] = key.split(":") as [string, string];
      if (memberId !== "100") await consents.setPooled({ guildId, memberId }, false);
    }
    expect(await refusal()).toMatch(/so far there is 1/);
  });

  it("runs on its schedule, never twice at once, and members are answered meanwhile", async () => {
    await seat();
    const { retraining, replies } = test.services;
    const everySecond = "* * * * * *";
    const jobs = new LocalJobs({
      ...test.services,
      retrainCron: everySecond,
      log: recording.log,
    });
    await jobs.start();
    await waitFor(() => happened("retraining.started") || undefined, "the scheduled start");
    await expect(retraining.run(() => undefined)).rejects.toThrow(RetrainingInProgressError);
    let answered = 0;
    for (;;) {
      const history = [{ role: "member" as const, text: "why is the sky blue?" }];
      await replies.reply({ member: { guildId: GUILD, memberId: "7" }, history });
      if (happened("retraining.finished")) break;
      answered++;
    }
    await jobs.stop();
    expect(answered).toBeGreaterThan(0);
    const end = recording.events.findIndex(({ event }) => event === "retraining.finished");
    // The next one may begin as soon as this one has ended.
    const meanwhile = recording.events.slice(0, end).map(({ event }) => event);
    expect(meanwhile.filter((event) => event === "retraining.started")).toHaveLength(1);
    expect(meanwhile).not.toContain("schedule.failed");
    const finished = recording.events[end];
    expect(finished).toMatchObject({ adopted: true, members: 30 });
    expect(test.services.models.current.version).toBe(finished!.version);
    const backend = recording.events.find(({ event }) => event === "training.backend");
    expect(backend!.backend).toMatch(/^Training with /);
  });

  it("on its schedule says in the log why it was refused", async () => {
    const everySecond = "* * * * * *";
    const jobs = new LocalJobs({
      ...test.services,
      retrainCron: everySecond,
      log: recording.log,
    });
    await jobs.start();
    await waitFor(() => happened("retraining.refused") || undefined, "the refusal");
    await jobs.stop();
    const refused = recording.events.find(({ event }) => event === "retraining.refused");
    expect(refused!.reason).toMatch(/at least 5 members/);
  });

  const happened = (name: string) => recording.events.filter(({ event }) => event === name).length;

  const seat = () => {
    const random = createRandomGenerator(3);
    const population = createPopulation(random);
    return seatNeighbours(test.services, GUILD, loadDeck().prompts, population, random);
  };
});
