import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { Circuit } from "../../src/conversation/candidates/circuit.js";
import { ChatServer } from "../../src/conversation/model-server/chat-server.js";
import { speakerOf } from "../../src/language/say.js";
import type { UsageListener } from "../../src/limits/spending.js";
import { profileText } from "../../src/members/profile-text.js";
import { seatNeighbours } from "../../src/playground/neighbours.js";
import { createPopulation } from "../../src/playground/simulated-member.js";
import { loadDeck } from "../../src/shared/deck/deck.js";
import { AxisWords, type AxisWordsParts } from "../../src/training/axis-words.js";
import { reportText } from "../../src/training/report-text.js";
import { type Compute, createCompute } from "../../workers/compute.js";
import { type AxisQuestion, nameAxesOf } from "../support/axis-namer.js";
import { configuredFor } from "../support/configured-server.js";
import {
  type LoopbackOpenAI,
  type LoopbackOpenAIOptions,
  startLoopbackOpenAI,
} from "../support/loopback-openai.js";
import { createRecordingLog, type RecordedEvent } from "../support/recording-log.js";
import { silentLog } from "../support/silent-log.js";
import { createTestServices, PATIENT_COMPUTE } from "../support/test-services.js";

const deck = loadDeck();
const model = createStarterModel();

describe("the words of the language model for base rewards", () => {
  let compute: Compute;
  let openai: LoopbackOpenAI;
  let lines: RecordedEvent[];
  beforeAll(() => {
    compute = createCompute({ threads: 1, ...PATIENT_COMPUTE });
  });
  afterEach(() => openai.close());
  afterAll(() => compute.close());

  it("come from one request that shows the extremes of each, all from the deck", async () => {
    const words = await start({ answer: nameAxesOf });
    expect(await words.describe(model)).toEqual(
      model.axes.map((_, at) => ({ name: `axis ${at + 1}`, low: "little", high: "much" })),
    );
    expect(openai.requests).toHaveLength(1);
    const [, { content }] = openai.requests[0]!.messages as [unknown, { content: string }];
    const { axes } = JSON.parse(content) as AxisQuestion;
    const texts = deck.prompts.flatMap(({ answers }) => answers.map(({ text }) => text));
    for (const { pairs } of axes) {
      expect(pairs).toHaveLength(4);
      for (const { prompt, high, low } of pairs) {
        expect(deck.prompts.map((own) => own.prompt)).toContain(prompt);
        for (const shown of [high, low]) {
          expect(texts.some((text) => text.startsWith(shown.replace(/ …$/, "")))).toBe(true);
        }
      }
    }
    const [length, , , elicitation, enthusiasm] = axes;
    for (const { high, low } of length!.pairs) expect(high.length).toBeGreaterThan(low.length);
    for (const { high, low } of elicitation!.pairs) {
      expect(high.split("?").length).toBeGreaterThan(low.split("?").length);
    }
    for (const { high, low } of enthusiasm!.pairs) {
      expect(high.split("!").length).toBeGreaterThan(low.split("!").length);
    }
    expect(lines).toEqual([]);
  });

  it("are taken out of fences, in any order, without markup, mentions or links", async () => {
    const words = await start({
      answer: (question) => {
        const { axes } = JSON.parse(nameAxesOf(question)) as { axes: object[] };
        const spoilt = {
          axis: 1,
          name: "**Length**",
          low: "<@123> @everyone",
          high: "[x](http://y.z)",
        };
        return `Here it is:\n\`\`\`json\n${JSON.stringify({ axes: [...axes.slice(1), spoilt] })}\n\`\`\``;
      },
    });
    const [first, second] = await words.describe(model);
    expect(first).toEqual({ name: "length", low: "123 everyone", high: "x http y z" });
    expect(second).toEqual({ name: "axis 2", low: "little", high: "much" });
  });

  it("come in the other languages too, and a bad translation is left out alone", async () => {
    const words = await start({
      answer: (question) => {
        const { axes } = JSON.parse(nameAxesOf(question)) as { axes: object[] };
        const good = { low: "kurz & **knapp**", high: "ausführlich" };
        const bad = [{ low: "igual", high: "igual" }, "corto", { low: "sin final" }, null];
        return JSON.stringify({
          axes: axes.map((axis, at) => ({ ...axis, de: good, es: bad[at % bad.length] })),
        });
      },
    });
    const axes = await words.describe(model);
    const translations = { de: { low: "kurz & knapp", high: "ausführlich" } };
    for (const axis of axes) expect(axis).toMatchObject({ low: "little", translations });
    expect(Object.keys(axes[0]!.translations!)).toEqual(["de"]);
    expect(openai.requests[0]!.messages[0]!.content).toMatch(/German and Spanish.*"de":.*"es":/);
    expect(lines).toEqual([]);
  });

  it.each([
    ["is no JSON", () => "I would call the first one length."],
    ["is other JSON", () => '{"name":"length"}'],
    ["leaves an axis out", (axes: Named[]) => ({ axes: axes.slice(1) })],
    ["names an axis twice", (axes: Named[]) => ({ axes: [axes[1], ...axes.slice(1)] })],
    [
      "repeats a name",
      (axes: Named[]) => ({ axes: axes.map((axis) => ({ ...axis, name: "same" })) }),
    ],
    [
      "repeats a name but for markup",
      (axes: Named[]) => ({
        axes: axes.map((axis, at) => ({ ...axis, name: at % 2 ? "*same*" : "same" })),
      }),
    ],
    [
      "has the same word at both ends",
      (axes: Named[]) => ({
        axes: axes.map((axis) => ({ ...axis, low: axis.high })),
      }),
    ],
    [
      "is too long",
      (axes: Named[]) => ({
        axes: axes.map((axis) => ({ ...axis, high: "very ".repeat(40) })),
      }),
    ],
    [
      "is nothing but signs",
      (axes: Named[]) => ({ axes: axes.map((axis) => ({ ...axis, low: "***" })) }),
    ],
    [
      "knows axes that were not asked for",
      (axes: Named[]) => ({
        axes: axes.map((axis) => ({ ...axis, axis: axis.axis + 1 })),
      }),
    ],
  ])("are the offline ones where the answer %s", async (_, spoil) => {
    const words = await start({
      answer: (question) => {
        const spoilt = spoil((JSON.parse(nameAxesOf(question)) as { axes: Named[] }).axes);
        return typeof spoilt === "string" ? spoilt : JSON.stringify(spoilt);
      },
    });
    await expectOffline(words);
  });

  it.each([
    { kind: "status", status: 401 },
    { kind: "status", status: 500 },
    { kind: "hangUp" },
    { kind: "notJson" },
    { kind: "empty" },
    { kind: "filtered" },
  ] as const)("are the offline ones where the server fails: $kind $status", async (fault) => {
    const words = await start({ answer: nameAxesOf });
    openai.fail(fault, 10);
    await expectOffline(words);
  });

  it("are the offline ones where the server takes too long", async () => {
    const words = await start({ answer: nameAxesOf }, 300);
    openai.fail({ kind: "delay", ms: 5_000 }, 10);
    await expectOffline(words);
  });

  it("cost tokens, which are counted", async () => {
    const tokens: unknown[] = [];
    const words = await start({ answer: nameAxesOf }, 20_000, {}, (...counted) => {
      tokens.push(counted);
    });
    await words.describe(model);
    expect(tokens).toEqual([[100, 50, undefined]]);
  });

  it("are the offline ones, and nothing is asked, where the day's tokens are used up", async () => {
    const words = await start({ answer: nameAxesOf }, 20_000, { mayAsk: () => false });
    expect(await words.describe(model)).toEqual(model.axes);
    expect(openai.requests).toEqual([]);
  });

  it.each([
    { kind: "status", status: 429, retryAfter: "720" },
    { kind: "huge", bytes: 10_000_000 },
    { kind: "cutOff" },
    { kind: "brokenJson" },
    { kind: "null" },
    { kind: "choiceless" },
  ] as const)(
    "are the offline ones where the server answers badly: $kind $status",
    async (fault) => {
      const words = await start({ answer: nameAxesOf });
      openai.fail(fault, 10);
      await expectOffline(words);
    },
  );

  it("share the circuit of the answers: a server that is left alone is not asked for them", async () => {
    const circuit = new Circuit("language model", silentLog);
    const words = await start({ answer: nameAxesOf }, 20_000, { circuit });
    openai.fail({ kind: "status", status: 401 });
    await expectOffline(words);
    const asked = openai.requests.length;
    expect(await words.describe(model)).toEqual(model.axes);
    expect(openai.requests).toHaveLength(asked);
  });

  it("are what the retraining reports and what a profile shows", async () => {
    openai = await startLoopbackOpenAI({ answer: nameAxesOf });
    const recording = createRecordingLog();
    const settings = {
      OPENAI_BASE_URL: openai.baseUrl,
      // Few features, because it is not the training that is tested here.
      EMBEDDING_MODEL: "loopback-embedding",
      EMBEDDING_DIMENSIONS: "8",
    };
    const test = await createTestServices(settings, Date.now, recording.log);
    try {
      const random = createRandomGenerator(3);
      const population = createPopulation(random);
      await seatNeighbours(test.services, "900", deck.prompts, population, random);
      const report = await test.services.retraining.run(() => undefined);
      expect(report.adopted).toBe(true);
      expect(reportText(report, speakerOf("en"))).toContain("• axis 1: little ↔ much");
      expect(openai.requests).toHaveLength(1);
      const view = await test.services.profiles.view({ guildId: "900", memberId: "100" });
      expect(view.leanings.map(({ axis }) => axis)).toEqual(report.axes);
      expect(profileText(view, speakerOf("en"))).toMatch(/little|much/);
      const { models } = await test.restart();
      expect(models.current.axes).toEqual(report.axes);
      expect(recording.events.map(({ event }) => event)).not.toContain("axes.not-named");
    } finally {
      await test.remove();
    }
  });

  async function start(
    options: LoopbackOpenAIOptions,
    timeoutMs = 20_000,
    parts: Partial<AxisWordsParts> = {},
    onUsage: UsageListener = () => undefined,
  ) {
    openai = await startLoopbackOpenAI(options);
    const recording = createRecordingLog();
    lines = recording.events;
    const configured = configuredFor(openai, { timeoutMs });
    const server = new ChatServer(configured, onUsage);
    const { log } = recording;
    return new AxisWords({ openai: configured, server, deck, compute, log, ...parts });
  }

  async function expectOffline(words: AxisWords) {
    expect(await words.describe(model)).toEqual(model.axes);
    expect(lines.map(({ event }) => event)).toEqual(["axes.not-named"]);
  }
});

interface Named {
  readonly axis: number;
  readonly name: string;
  readonly low: string;
  readonly high: string;
}
