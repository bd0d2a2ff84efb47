import { afterEach, describe, expect, it } from "vitest";
import { scaleEmbedding } from "../../../models/encoder/embedding-features.js";
import { Circuit } from "../../../src/conversation/candidates/circuit.js";
import {
  Embeddings,
  type EmbeddingsParts,
} from "../../../src/conversation/embeddings/embeddings.js";
import { EMBEDDING_LENGTH, embed } from "../../support/loopback-embeddings.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import { silentLog } from "../../support/silent-log.js";

const DIMENSIONS = 24;

describe("embeddings from a server", () => {
  let openai: LoopbackOpenAI;
  afterEach(() => openai.close());

  it("come in one request, each text its own, cut to the wanted length and scaled", async () => {
    const embeddings = await start();
    const texts = ["A short answer.", "A much longer answer, in other words.", "Nothing alike"];
    const vectors = await embeddings.embed(texts);
    texts.forEach((text, row) => {
      const own = vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
      expect(own).toEqual(scaleEmbedding(embed(text), DIMENSIONS));
    });
    expect(openai.embeddingRequests).toHaveLength(1);
    expect(openai.embeddingRequests[0]).toMatchObject({
      model: "loopback-embedding",
      input: texts,
    });
  });

  it("come in several requests where there are very many texts", async () => {
    const embeddings = await start();
    const texts = Array.from({ length: 300 }, (_, at) => `answer ${at}`);
    const vectors = await embeddings.embed(texts);
    expect(vectors.subarray(299 * DIMENSIONS)).toEqual(
      scaleEmbedding(embed("answer 299"), DIMENSIONS),
    );
    expect(openai.embeddingRequests.map(({ input }) => input.length)).toEqual([128, 128, 44]);
  });

  it("are of the beginning where a text is very long", async () => {
    const embeddings = await start();
    await embeddings.embed(["word ".repeat(5_000)]);
    expect(openai.embeddingRequests[0]!.input[0]).toHaveLength(8_000);
  });

  it("are asked for again where the server stumbles", async () => {
    const embeddings = await start();
    openai.failEmbeddings({ kind: "status", status: 503 });
    openai.failEmbeddings({ kind: "hangUp" });
    expect(await embeddings.embed(["answer"])).toHaveLength(DIMENSIONS);
  });

  it.each([
    { kind: "status", status: 401 },
    { kind: "status", status: 404, code: "model_not_found" },
    { kind: "status", status: 429, retryAfter: "720" },
    { kind: "notJson" },
    { kind: "brokenJson" },
    { kind: "null" },
    { kind: "huge", bytes: 20_000_000 },
    { kind: "empty" },
    { kind: "hangUp" },
    { kind: "cutOff" },
  ] as const)("that do not come are one clear error: $kind $status", async (fault) => {
    const embeddings = await start();
    openai.failEmbeddings(fault, 10);
    await expect(embeddings.embed(["answer"])).rejects.toMatchObject({
      name: "EmbeddingFailedError",
      message: expect.stringMatching(/check EMBEDDING_MODEL/),
      cause: expect.anything(),
    });
  });

  it("are given up after the deadline", async () => {
    const embeddings = await start(DIMENSIONS, 300);
    openai.failEmbeddings({ kind: "delay", ms: 5_000 }, 10);
    await expect(embeddings.embed(["answer"])).rejects.toThrow("gave no embeddings");
  });

  it("cost no more tokens than can be true, whatever the server says", async () => {
    const tokens: number[] = [];
    const embeddings = await start(DIMENSIONS, 20_000, { onUsage: (count) => tokens.push(count) });
    const data = [{ index: 0, embedding: Array(EMBEDDING_LENGTH).fill(0.1) }];
    openai.failEmbeddings({ kind: "answer", body: { data, usage: { prompt_tokens: 1e308 } } });
    await embeddings.embed(["An answer."]);
    expect(tokens[0]).toBeLessThan(100);
  });

  it("cost tokens, which are estimated where the server does not tell them", async () => {
    const tokens: number[] = [];
    const embeddings = await start(DIMENSIONS, 20_000, { onUsage: (count) => tokens.push(count) });
    await embeddings.embed(["thirty characters are about 10", "and thirty more of them are 20"]);
    expect(tokens).toEqual([20]);
  });

  it("that failed in a row are not waited for again: the model is left alone", async () => {
    const circuit = new Circuit("embedding model", silentLog);
    const embeddings = await start(DIMENSIONS, 100, { circuit });
    openai.failEmbeddings({ kind: "delay", ms: 1_000 }, 100);
    for (let time = 0; time < 4; time++) await expect(embeddings.embed(["x"])).rejects.toThrow();
    const asked = openai.embeddingRequests.length;
    await expect(embeddings.embed(["x"])).rejects.toMatchObject({ name: "EmbeddingFailedError" });
    expect(openai.embeddingRequests).toHaveLength(asked);
  });

  it("that are shorter than configured say so", async () => {
    const embeddings = await start(EMBEDDING_LENGTH + 1);
    await expect(embeddings.embed(["answer"])).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/lower EMBEDDING_DIMENSIONS/) },
    });
  });

  async function start(dimensions = DIMENSIONS, timeoutMs = 20_000, parts: EmbeddingsParts = {}) {
    openai = await startLoopbackOpenAI();
    const { baseUrl } = openai;
    const server = { apiKey: "key", baseUrl, model: "loopback", otherModels: [], timeoutMs };
    return new Embeddings(
      { model: "loopback-embedding", dimensions },
      { ...server, instruction: undefined, prices: undefined, maximumOutputTokens: 4_000 },
      parts,
    );
  }
});
