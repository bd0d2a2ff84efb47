import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { seatNeighbours } from "../../src/playground/neighbours.js";
import { createPopulation } from "../../src/playground/simulated-member.js";
import { loadDeck } from "../../src/shared/deck/deck.js";
import type { MemberKey } from "../../src/store/records.js";
import { VotesTakenBackError } from "../../src/training/contributors.js";
import type { RetrainProgress } from "../../workers/requests.js";
import { createRecordingLog } from "../support/recording-log.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const STARTER = createStarterModel().version;

const GUILD = "900";

describe("votes that are taken back while a training runs", () => {
  let test: TestServices;
  let recording: ReturnType<typeof createRecordingLog>;
  const members: MemberKey[] = [];
  beforeEach(async () => {
    recording = createRecordingLog();
    test = await createTestServices({}, Date.now, recording.log);
    const population = createPopulation(createRandomGenerator(3));
    const random = createRandomGenerator(3);
    await seatNeighbours(test.services, GUILD, loadDeck().prompts, population, random);
    members.length = 0;
    for await (const prefix of test.services.store.comparisons.beginnings(2)) {
      members.push({ guildId: GUILD, memberId: prefix.split(":")[1]! });
    }
  });
  afterEach(() => test.remove());

  it("by a deletion are in no version: it is trained once more without them", async () => {
    const { memberData, models, retraining } = test.services;
    const leaving = members.slice(0, 10);
    const { onTraining, done } = eachTraining((run) =>
      run === 1 ? leaving.map(({ memberId }) => memberData.delete(memberId, "everywhere")) : [],
    );
    const report = await retraining.run(onTraining);
    await done();
    expect(report.members).toBe(members.length - leaving.length);
    expect(starts()).toBe(2);
    const versions = await models.versions();
    expect(versions.map(({ training }) => training?.members)).not.toContain(members.length);
  });

  it("again and again, by whatever way, end with a sentence, and the present base rewards stay", async () => {
    const { consents, memberData, models, retraining } = test.services;
    const ways: readonly ((member: MemberKey) => Promise<unknown>)[] = [
      (member) => consents.setPooled(member, false),
      (member) => consents.refuse(member),
      (member) => memberData.reset(member),
    ];
    const { onTraining, done } = eachTraining((run) => [ways[run - 1]!(members[run]!)]);
    await expect(retraining.run(onTraining)).rejects.toThrow(VotesTakenBackError);
    await done();
    expect(starts()).toBe(3);
    expect(models.current.version).toBe(STARTER);
    expect(await models.versions()).toEqual([]);
  });

  const starts = () =>
    recording.events.filter(({ event }) => event === "retraining.started").length;

  /** Calls `begin` once in each training, after the votes were read. */
  function eachTraining(begin: (run: number) => readonly Promise<unknown>[]) {
    const begun: Promise<unknown>[] = [];
    let run = 0;
    let isReading = false;
    return {
      onTraining: ({ stage }: RetrainProgress) => {
        if (stage === "reading the votes") isReading = true;
        else if (isReading) {
          isReading = false;
          begun.push(...begin(++run));
        }
      },
      done: () => Promise.all(begun),
    };
  }
});
