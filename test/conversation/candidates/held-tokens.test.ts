import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config.js";
import { Circuit } from "../../../src/conversation/candidates/circuit.js";
import { LanguageModelCandidates } from "../../../src/conversation/candidates/language-model-candidates.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { DayCounts } from "../../../src/limits/day-counts.js";
import { type Asker, Limits } from "../../../src/limits/limits.js";
import { Spending } from "../../../src/limits/spending.js";
import { Usage } from "../../../src/limits/usage.js";
import { configuredFor } from "../../support/configured-server.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import { createRecordingLog } from "../../support/recording-log.js";
import { silentLog } from "../../support/silent-log.js";
import { createTemporaryStore, type TemporaryStore } from "../../support/temporary-store.js";

const ASKER: Asker = { memberId: "1", guildId: "90", channelId: "80" };
const HISTORY = [{ role: "member" as const, text: "How do I sleep better?" }];
const MOST_OUTPUT = 1_000;
/** Long enough that all are decided on before the first is answered. */
const SLOW = { kind: "delay", ms: 1_000 } as const;

describe("tokens of a request that is about to be sent", () => {
  let temporary: TemporaryStore;
  let openai: LoopbackOpenAI;
  beforeEach(async () => {
    temporary = await createTemporaryStore();
    openai = await startLoopbackOpenAI({ count: "honoured" });
  });
  afterEach(async () => {
    await openai.close();
    await temporary.remove();
  });

  it("are held before it, and what it took is what is counted", async () => {
    const { source, limits } = await start(100_000);
    const answering = source.generate({ history: HISTORY, count: 4, asker: ASKER });
    await answering;
    const used = limits.usedToday("1").tokens;
    expect(used).toBeGreaterThan(0);
    expect(used).toBeLessThan(MOST_OUTPUT);
  });

  it("are held for fewer candidates where there are not so many left", async () => {
    const { source, limits } = await start(4_000);
    openai.fail(SLOW, 10);
    const { texts } = await source.generate({ history: HISTORY, count: 4, asker: ASKER });
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.length).toBeLessThan(4);
    for (const { n } of openai.requests) expect(n ?? 1).toBe(1);
    expect(limits.usedToday("1").tokens).toBeLessThanOrEqual(4_000);
  });

  it("are refused to more at once than there are, and nothing is sent for them", async () => {
    const { source } = await start(3_000);
    openai.fail(SLOW, 10);
    const asked = Array.from({ length: 10 }, () =>
      source.generate({ history: HISTORY, count: 1, asker: ASKER }),
    );
    const outcomes = await Promise.allSettled(asked);
    const answered = outcomes.filter(({ status }) => status === "fulfilled");
    const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(answered).toHaveLength(openai.requests.length);
    expect(answered.length).toBeLessThanOrEqual(2);
    for (const error of refused) {
      expect(error).toMatchObject({
        name: "LimitReachedError",
        refusal: { unit: "tokensPerDay", scope: "member" },
      });
    }
  });

  it("that are not left say nothing against the server", async () => {
    const { source } = await start(100);
    const recording = createRecordingLog();
    const circuit = new Circuit("language model", recording.log);
    for (let time = 0; time < 8; time++) {
      const asking = circuit.run(() =>
        source.generate({ history: HISTORY, count: 1, asker: ASKER }),
      );
      await expect(asking).rejects.toMatchObject({ name: "LimitReachedError" });
    }
    expect(openai.requests).toEqual([]);
    expect(recording.events).toEqual([]);
  });

  /** With so many tokens a day for each member. */
  async function start(tokens: number) {
    const { store } = temporary;
    const config = readConfig({ TOKENS_PER_DAY: `${tokens}/1000000/1000000/1000000` }).limits;
    const days = await DayCounts.open({ store, clock: Date.now, log: silentLog });
    const limits = new Limits({ config, days, clock: Date.now });
    const usage = new Usage(store, Date.now, undefined);
    const spending = new Spending(usage, limits);
    const configured = configuredFor(openai, { maximumOutputTokens: MOST_OUTPUT });
    const servers = new ChatServers(configured, spending.chat, {}, spending.hold);
    return { source: new LanguageModelCandidates(configured, servers), limits };
  }
});
