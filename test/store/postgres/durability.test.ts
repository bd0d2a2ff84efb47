import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NO_LENGTHS, withPlainAnswer } from "../../../models/steering/plain-lengths.js";
import { Questions } from "../../../src/ballots/questions.js";
import { LearnedDoses } from "../../../src/conversation/steering/learned-doses.js";
import { DayCounts } from "../../../src/limits/day-counts.js";
import { Usage } from "../../../src/limits/usage.js";
import { Consents } from "../../../src/members/consents.js";
import { openStore, type Store } from "../../../src/store/store.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";
import { silentLog } from "../../support/silent-log.js";

const NOON = Date.UTC(2026, 0, 31, 12);

describe("a commit in PostgreSQL", () => {
  let database: TemporaryPostgres;
  let store: Store;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    store = await openStore(database.url, raise);
    // Notes for each row that is written whether its commit waits for the disk.
    await database.query("CREATE TABLE noted (key text, setting text)");
    await database.query(`CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO noted VALUES (NEW.key, current_setting('synchronous_commit')); RETURN NEW; END $$`);
    await database.query(
      "CREATE TRIGGER note BEFORE INSERT OR UPDATE ON attune FOR EACH ROW EXECUTE FUNCTION note()",
    );
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  it("waits for the disk, as far as nobody has said otherwise", async () => {
    await store.settings.set("1", { questionsPerDay: 1 });
    await store.writeTogether([store.settings.putting("2", { questionsPerDay: 2 })]);
    await store.consents.set("12:900", { state: "granted", pooled: false, at: 1 });
    expect(await settingsOf("settings")).toEqual(["on"]);
    expect(await settingsOf("consent")).toEqual(["on"]);
  });

  it("waits for it if anything in it has to", async () => {
    const write = (name: string, durable: boolean) =>
      store.writeTogether([store.settings.putting(name, { questionsPerDay: 1 })], undefined, {
        durable,
      });
    // All of these go out together, behind those that keep every connection busy.
    const busy = Array.from({ length: 3 }, (_, at) => write(`busy-${at}`, false));
    await Promise.all([...busy, write("1", false), write("2", true), write("3", false)]);
    await write("alone", false);
    expect(await settingsOf("settings:2")).toEqual(["on"]);
    expect(await settingsOf("settings:alone")).toEqual(["off"]);
  });

  it("does not wait for counts and usage, and for what is paid ahead it does", async () => {
    const clock = () => NOON;
    const days = await DayCounts.open({ store, clock, log: silentLog });
    await days.hold(100, [["everywhere", 10_000]]);
    expect(await settingsOf("day-secret")).toEqual(["on"]);
    expect(await settingsOf("day-count")).toEqual(["on"]);
    await database.query("DELETE FROM noted");
    days.add("member 1", "messages", 1);
    await days.write();
    expect(await settingsOf("day-count")).toEqual(["off"]);
    const usage = new Usage(store, clock, undefined);
    usage.add({ inputTokens: 1, outputTokens: 1, embeddingTokens: 0 });
    await usage.written();
    expect(await settingsOf("usage")).toEqual(["off"]);
    const doses = new LearnedDoses({ store, languageModel: "m", clock, onError: raise });
    await doses.change(({ axes }) => ({ axes, plain: withPlainAnswer(NO_LENGTHS, 60) }));
    await doses.written();
    expect(await settingsOf("dose")).toEqual(["off"]);
  });

  it("does not wait for the count of answers, and for a question it does", async () => {
    const member = { guildId: "900", memberId: "12" };
    await new Consents({ store, clock: () => NOON }).grant(member);
    const questions = new Questions({ store, isOpen: async () => false, clock: () => NOON });
    await questions.claim(member, { perDay: 9, gap: 0 });
    expect(await settingsOf("questions")).toEqual(["on"]);
    await database.query("DELETE FROM noted");
    await questions.passed(member);
    expect(await settingsOf("questions")).toEqual(["off"]);
  });

  async function settingsOf(prefix: string): Promise<string[]> {
    const sql = "SELECT DISTINCT setting FROM noted WHERE starts_with(key, $1)";
    return (await database.query<{ setting: string }>(sql, [prefix])).map(({ setting }) => setting);
  }
});

function raise(error: unknown): never {
  throw error;
}
