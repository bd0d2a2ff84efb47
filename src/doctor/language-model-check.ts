/**
 * The language model: one real request, about nothing, and what the server honours of it. Where none is
 * set, one that runs on this machine.
 */
import type { Config, OpenAIConfig } from "../config.js";
import { answerOfChoice } from "../conversation/answer-text/answer-text.js";
import { HINTS } from "../conversation/candidates/circuit.js";
import { EmbeddingFailedError, Embeddings } from "../conversation/embeddings/embeddings.js";
import { ChatServer } from "../conversation/model-server/chat-server.js";
import type { ChatQuestion, Dialect } from "../conversation/model-server/dialect.js";
import { failureOf } from "../conversation/model-server/failure-of.js";
import {
  findLocalServers,
  localServerSettings,
  localServerText,
} from "../conversation/model-server/local-servers.js";
import {
  TranscriptionFailedError,
  Transcriptions,
} from "../conversation/model-server/transcriptions.js";
import { Deadline } from "../shared/deadline.js";
import { advice, type Finding, well, wrong } from "./finding.js";

const TOPIC = "Language model";
const SECOND = "Second language model";
/** Room for a model that thinks before it says one word. */
const ROOM = 1_024;
const QUESTION: ChatQuestion = {
  instruction: "You are a helpful companion. Answer in one word.",
  turns: [{ role: "user", content: "Hello!" }],
  count: 2,
  temperature: 1,
  mostOutput: ROOM,
};
const UNREACHED =
  "check OPENAI_BASE_URL, and that the server runs and can be reached from this machine (from a container, localhost is the container itself).";
/** A remote server without it has no bound of the bill in dollars. */
const LOCAL_HOST = /^(?:localhost|127\.|\[?::1|10\.|192\.168\.|host\.docker\.internal)/;

type ChatCompletion = Awaited<ReturnType<ChatServer["complete"]>>;

export type LanguageModelConfig = Pick<
  Config,
  "openai" | "fallback" | "embedding" | "localServers" | "transcriptionModel"
>;

/** Never throws. */
export async function checkLanguageModel(config: LanguageModelConfig): Promise<Finding[]> {
  const { openai, fallback, embedding, transcriptionModel } = config;
  if (openai === undefined) return [await offerLocalServer(config.localServers)];
  const findings = [...(await askOnce(openai, TOPIC)), ...priced(openai)];
  if (fallback !== undefined) findings.push(...(await askOnce(fallback, SECOND)).map(ofFallback));
  if (embedding !== undefined) findings.push(await embedOnce(openai, embedding));
  if (transcriptionModel !== undefined) findings.push(await listenOnce(openai, transcriptionModel));
  return findings;
}

/** The same finding with the names of the second server's settings. */
function ofFallback(finding: Finding): Finding {
  const { remedy } = finding;
  if (remedy === undefined) return finding;
  return {
    ...finding,
    remedy: remedy.replace(/OPENAI_(API_KEY|BASE_URL|MODEL)\b/g, "OPENAI_FALLBACK_$1"),
  };
}

async function offerLocalServer(addresses: readonly string[]): Promise<Finding> {
  const [server] = await findLocalServers(addresses);
  if (server === undefined) {
    return advice(
      TOPIC,
      "none is set, so answers come from the bundled deck.",
      "set OPENAI_API_KEY, or OPENAI_BASE_URL for another server or one of your own (docs/model-servers.md).",
    );
  }
  return advice(
    TOPIC,
    `none is set, and ${localServerText(server)}.`,
    `to use it, put ${localServerSettings(server)} into .env.`,
  );
}

async function askOnce(openai: OpenAIConfig, topic: string): Promise<Finding[]> {
  const server = new ChatServer(openai);
  const deadline = new Deadline(openai.timeoutMs);
  const begun = performance.now();
  try {
    const completion = await server.complete(QUESTION, { signal: deadline.signal });
    const seconds = (performance.now() - begun) / 1_000;
    return [
      answered(openai, completion, { topic, seconds }),
      well(topic === TOPIC ? "It honours" : "The second honours", honoured(server.dialect)),
    ];
  } catch (error) {
    const kind = deadline.signal.aborted ? "timeout" : failureOf(error);
    if (kind === "timeout") {
      return [
        wrong(
          topic,
          `${openai.model} gave no answer within ${openai.timeoutMs / 1_000} s.`,
          "a model that is loaded first may need longer: ask again, or raise OPENAI_TIMEOUT_MS.",
        ),
      ];
    }
    const hint = HINTS[kind];
    if (hint === undefined) return [wrong(topic, `no answer came (${kind}).`, UNREACHED)];
    const [what, ...remedy] = hint.split(": ");
    return [wrong(topic, `${what}.`, remedy.join(": "))];
  } finally {
    deadline.end();
  }
}

function answered(
  openai: OpenAIConfig,
  completion: ChatCompletion,
  { topic, seconds }: { readonly topic: string; readonly seconds: number },
): Finding {
  const { model, maximumOutputTokens } = openai;
  const answer = answerOfChoice(completion.choices[0]);
  if (answer.kind === "text") {
    const thinks = hasThoughts(completion) ? ", after thoughts that nobody sees but you pay" : "";
    return well(topic, `${model} answers in ${seconds.toFixed(1)} s${thinks}.`);
  }
  const isCut = answer.kind === "none" && hasThoughts(completion);
  const larger = Math.max(8 * ROOM, 2 * maximumOutputTokens);
  return isCut
    ? advice(
        topic,
        `${model} thought for ${ROOM} tokens and had said nothing by then.`,
        `let it think less, or set MAXIMUM_OUTPUT_TOKENS to ${larger} or more.`,
      )
    : wrong(
        topic,
        `${model} answers with nothing that can be shown.`,
        "check that OPENAI_MODEL is a model that chats.",
      );
}

/** In a field of its own, in marks within the text, or only in the bill. */
function hasThoughts({ choices, usage }: ChatCompletion): boolean {
  const told = usage?.completion_tokens_details?.reasoning_tokens ?? 0;
  return told > 0 || choices.some(({ message }) => showsThoughts(message));
}

function showsThoughts(message: object): boolean {
  const { content, reasoning, reasoning_content: other } = message as Record<string, unknown>;
  const hasField = [reasoning, other].some((text) => typeof text === "string" && text !== "");
  return hasField || /<\W{0,2}think/i.test(String(content ?? ""));
}

function honoured(dialect: Dialect): string {
  const { takesCount, takesTemperature, hasSystemRole, outputBounds } = dialect;
  const [bound] = outputBounds;
  return [
    takesCount
      ? "several answers to one request (n)"
      : "one answer a request, so candidates cost one request each",
    takesTemperature ? "temperature" : "no temperature",
    hasSystemRole
      ? "the system role"
      : "no system role, so instructions go before the first message",
    bound === undefined ? "no bound of the output" : `${bound} up to ${dialect.largestOutput}`,
  ]
    .join("; ")
    .concat(".");
}

/** A server elsewhere wants money. */
function priced({ prices, baseUrl }: OpenAIConfig): Finding[] {
  const isLocal = baseUrl !== undefined && LOCAL_HOST.test(new URL(baseUrl).hostname);
  if (prices !== undefined || isLocal) return [];
  return [
    advice(
      "Cost",
      "no prices are set, so /status can't say what answers cost.",
      "set OPENAI_INPUT_PRICE and OPENAI_OUTPUT_PRICE, in dollars for a million tokens.",
    ),
  ];
}

async function embedOnce(
  openai: OpenAIConfig,
  embedding: NonNullable<Config["embedding"]>,
): Promise<Finding> {
  const topic = "Embedding model";
  try {
    await new Embeddings(embedding, openai).embed(["Hello!"]);
    return well(topic, `${embedding.model} answers.`);
  } catch (error) {
    const cause = error instanceof EmbeddingFailedError ? error.cause : error;
    const kind = failureOf(cause);
    return wrong(
      topic,
      `${embedding.model} gave no embedding (${kind}).`,
      "check EMBEDDING_MODEL and EMBEDDING_DIMENSIONS, or leave EMBEDDING_MODEL empty.",
    );
  }
}

/** A second of silence, in which it does not matter what is heard. */
async function listenOnce(openai: OpenAIConfig, model: string): Promise<Finding> {
  const topic = "Voice messages";
  const silence = { bytes: silentWav(), ending: "wav", mediaType: "audio/wav", seconds: 1 };
  try {
    const { signal } = new AbortController();
    await new Transcriptions(openai, model).wordsOf(silence, undefined, signal);
    return well(topic, `${model} writes them down.`);
  } catch (error) {
    const cause = error instanceof TranscriptionFailedError ? error.cause : error;
    const why = cause instanceof Error ? ` (${cause.message})` : "";
    return wrong(
      topic,
      `${model} wrote nothing down${why}.`,
      "check OPENAI_TRANSCRIPTION_MODEL and whether the server has /audio/transcriptions, or leave it empty.",
    );
  }
}

const SAMPLES = 8_000;

/** One channel of eight bits. */
function silentWav(): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + SAMPLES, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLES, 24);
  header.writeUInt32LE(SAMPLES, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(SAMPLES, 40);
  return new Uint8Array(Buffer.concat([header, Buffer.alloc(SAMPLES, 128)]));
}
