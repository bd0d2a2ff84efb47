import { afterEach, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { STYLE_FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { seatNeighbours } from "../../../src/playground/neighbours.js";
import { voteOn } from "../../../src/playground/rounds.js";
import { createPopulation } from "../../../src/playground/simulated-member.js";
import { loadDeck } from "../../../src/shared/deck/deck.js";
import { featuresFromText } from "../../../src/store/vector-text.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import { createRecordingLog, type RecordedEvent } from "../../support/recording-log.js";
import { createTestServices, type TestServices } from "../../support/test-services.js";

const STARTER = createStarterModel().version;

const MEMBER = { guildId: "900", memberId: "7" };
const HISTORY = [{ role: "member" as const, text: "My very own words about sleep" }];
/** The first and two more that the client tries. */
const REQUESTS = 3;
const ENCODER = "attune-style-3+loopback-embedding-16";

describe("the bot with an embedding model", () => {
  let openai: LoopbackOpenAI;
  let test: TestServices;
  let lines: RecordedEvent[];
  afterEach(async () => {
    await test.remove();
    await openai.close();
  });

  it("asks about candidates whose features are style and embedding, never about a member's words", async () => {
    await start();
    await encodeDeck();
    const draft = await ballot();
    expect(draft.encoder).toBe(ENCODER);
    for (const { features } of draft.candidates) {
      expect(featuresFromText(features)).toHaveLength(STYLE_FEATURE_COUNT + 16);
    }
    expect(openai.embeddingRequests).toHaveLength(1);
    const embedded = openai.embeddingRequests.flatMap(({ input }) => input);
    expect(embedded).toHaveLength(test.config.candidates);
    expect(embedded).not.toContain(HISTORY[0]!.text);
    await voteOn(test.services, draft, "a");
    expect((await test.services.profiles.userWeights(MEMBER)).votes).toBe(1);
  });

  it("is steered by what the deck's answers tell, which are embedded once", async () => {
    await start();
    await ballot();
    const deck = new Set(loadDeck().prompts.flatMap((one) => one.answers.map(({ text }) => text)));
    const embedded = openai.embeddingRequests.flatMap(({ input }) => input);
    expect(embedded.filter((text) => deck.has(text))).toHaveLength(deck.size);
    const requests = openai.embeddingRequests.length;
    await test.services.replies.reply({ member: MEMBER, history: HISTORY });
    expect(openai.embeddingRequests).toHaveLength(requests + 1);
  });

  it("answers plainly while the deck can't be embedded, and is steered after that", async () => {
    await start();
    openai.failEmbeddings({ kind: "status", status: 500 }, 2 * REQUESTS);
    const reply = await test.services.replies.reply({ member: MEMBER, history: HISTORY });
    expect(reply).toMatchObject({ kind: "answer", text: expect.stringMatching(/\S/) });
    expect(lines.map(({ event }) => event)).toEqual(["reply.unsteered", "reply.unpersonalised"]);
    expect((await ballot()).candidates.some(({ manner }) => manner !== undefined)).toBe(true);
  });

  it("still answers when the embeddings do not come: no ballot, one line in the log", async () => {
    await start();
    await encodeDeck();
    openai.failEmbeddings({ kind: "status", status: 500 }, REQUESTS);
    const reply = await test.services.replies.reply({ member: MEMBER, history: HISTORY });
    expect(reply).toMatchObject({ kind: "answer", text: expect.stringMatching(/\S/) });
    expect(lines.map(({ event }) => event)).toEqual(["reply.unpersonalised"]);
    expect(lines[0]).toMatchObject({ err: { type: "EmbeddingFailedError" } });
    expect((await ballot()).encoder).toBe(ENCODER);
  });

  it("does not mix its votes with those under the built-in encoder, and keeps both", async () => {
    await start({ EMBEDDING_MODEL: "" });
    await voteOn(test.services, await ballot(), "a");
    expect(await votes()).toBe(1);
    await test.restart({ EMBEDDING_MODEL: "loopback-embedding" });
    expect(await votes()).toBe(0);
    await voteOn(test.services, await ballot(), "b");
    await voteOn(test.services, await ballot(), "b");
    expect(await votes()).toBe(2);
    await test.restart({ EMBEDDING_MODEL: "" });
    expect(await votes()).toBe(1);
  });

  it("learns base rewards from them, which answer under this encoder only", async () => {
    await start();
    const random = createRandomGenerator(3);
    const population = createPopulation(random);
    await seatNeighbours(test.services, "900", loadDeck().prompts, population, random);
    // Without the language model's words the starter axes, which this encoder has too, give the names.
    openai.fail({ kind: "status", status: 401 });
    const report = await test.services.retraining.run(() => undefined);
    expect(report.adopted).toBe(true);
    expect(test.services.models.current).toMatchObject({
      encoderId: ENCODER,
      dimensions: STYLE_FEATURE_COUNT + 16,
    });
    expect(report.axes.some(({ name }) => /length|formality|humour/.test(name))).toBe(true);
    const restarted = await test.restart();
    expect(restarted.models.current.version).toBe(report.version);
    const builtIn = await test.restart({ EMBEDDING_MODEL: "" });
    expect(builtIn.models.current.version).toBe(STARTER);
    await expect(builtIn.models.restore(report.version)).rejects.toThrow(/check EMBEDDING_MODEL/);
  });

  async function start(environment: NodeJS.ProcessEnv = {}) {
    openai = await startLoopbackOpenAI();
    const recording = createRecordingLog();
    lines = recording.events;
    const settings = {
      OPENAI_BASE_URL: openai.baseUrl,
      EMBEDDING_MODEL: "loopback-embedding",
      EMBEDDING_DIMENSIONS: "16",
      QUESTIONS_PER_DAY: "1000",
      QUESTION_GAP: "0",
      ...environment,
    };
    test = await createTestServices(settings, Date.now, recording.log);
    await test.services.consents.grant(MEMBER);
  }

  /** As the first answer to a member does. */
  async function encodeDeck() {
    await test.services.decks.deck("en");
    openai.embeddingRequests.length = 0;
  }

  async function ballot() {
    const reply = await test.services.replies.reply({ member: MEMBER, history: HISTORY });
    if (reply.kind !== "ballot") throw new Error("A new member should be asked.");
    return reply.draft;
  }

  async function votes() {
    return (await test.services.profiles.userWeights(MEMBER)).votes;
  }
});
