import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { isStarterVersion } from "../../models/rewards/starter.js";
import { speakerOf } from "../../src/language/say.js";
import { seatNeighbours } from "../../src/playground/neighbours.js";
import { createPopulation } from "../../src/playground/simulated-member.js";
import { loadDeck } from "../../src/shared/deck/deck.js";
import { openDatabase, pathOfStore, TABLE } from "../../src/store/sqlite/database.js";
import { reportText } from "../../src/training/report-text.js";
import { createRecordingLog } from "../support/recording-log.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const GUILD = "900";
const UNLUCKY = { guildId: GUILD, memberId: "105" };

describe("a profile that can't be refitted after an adoption", () => {
  let test: TestServices;
  let recording: ReturnType<typeof createRecordingLog>;
  beforeEach(async () => {
    recording = createRecordingLog();
    test = await createTestServices({}, Date.now, recording.log);
    const random = createRandomGenerator(3);
    const population = createPopulation(random);
    await seatNeighbours(test.services, GUILD, loadDeck().prompts, population, random);
  });
  afterEach(() => test.remove());

  it("leaves the training adopted, is counted in the report, and is refitted when next used", async () => {
    const { models, profiles, retraining } = test.services;
    await inStore(
      `CREATE TRIGGER unlucky BEFORE INSERT ON ${TABLE} WHEN NEW.key = 'profile:${GUILD}:105' BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    const report = await retraining.run(() => undefined);
    expect(report).toMatchObject({ adopted: true, refitLeft: 1, version: models.current.version });
    expect(isStarterVersion(report.version)).toBe(false);
    expect(reportText(report, speakerOf("en"))).toContain("1 profile is still to be refitted");
    const events = recording.events.map(({ event }) => event);
    expect(events).toContain("retraining.refit-failed");
    expect(events).toContain("retraining.finished");
    const other = { guildId: GUILD, memberId: "106" };
    const stored = await test.services.store.profiles.get(`${GUILD}:106`);
    expect(stored?.modelVersion).toBe(report.version);
    expect((await profiles.userWeights(other)).modelVersion).toBe(report.version);
    await inStore("DROP TRIGGER unlucky");
    expect((await profiles.userWeights(UNLUCKY)).modelVersion).toBe(report.version);
  }, 600_000);

  async function inStore(sql: string): Promise<void> {
    const database = await openDatabase(pathOfStore(test.config.storeUrl), "write", 5_000);
    await database.all(sql);
    await database.close();
  }
});
