/**
 * A language model server of our own on a loopback port: OpenAI's chat completions with answers in
 * different styles, its embeddings, and every fault that a real one has.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { isAxisQuestion, nameAxesOf } from "./axis-namer.js";
import { isAtItsPlace } from "./loopback-addresses.js";
import {
  type DialectName,
  dialectOf,
  refusalIn,
  type ServerDialect,
  writtenIn,
} from "./loopback-dialects.js";
import { type EmbeddingRequest, embeddingAnswer } from "./loopback-embeddings.js";
import { complete, type Fault, misbehave, refuse, send, sendAs } from "./loopback-openai-faults.js";
import { type StreamOptions, streamTo } from "./loopback-stream.js";
import { sentencesTold } from "./obedient-answers.js";
import { isStyleQuestion, judgeStyles } from "./style-judge.js";
import { STYLES, styleAsTold, styledAnswer } from "./styled-answers.js";

export interface ChatRequest {
  readonly model: string;
  readonly n?: number;
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly temperature?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly messages: readonly ChatMessage[];
}

export interface ChatMessage {
  readonly role: string;
  /** The texts of its parts, where it came in parts. */
  readonly content: string;
  /** The addresses of its pictures, where it came in parts. */
  readonly pictures?: readonly string[];
}

/** A recording that was to be written down. */
export interface TranscriptionRequest {
  readonly model: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface LoopbackOpenAIOptions {
  /** Which server it pretends to be, by its name or by what it refuses. */
  readonly dialect?: DialectName | ServerDialect;
  /** Whether `n` is honoured, ignored (one answer comes) or refused; with 400 where no status is given. */
  readonly count?: "honoured" | "ignored" | "refused";
  readonly refusalStatus?: number;
  /** How the text of an answer is sent: as it is, in parts, or not at all after some reasoning. */
  readonly content?: "text" | "parts" | "reasoning";
  /** Whether the answers say how many tokens they took; true where not given. */
  readonly tellsUsage?: boolean;
  /** What one message provokes, and no other. */
  readonly provoked?: (question: string) => Fault | undefined;
  /** What is said in a recording; nothing where not given. */
  readonly heard?: (recording: Uint8Array) => string;
  /** What it says when it is asked to judge the style of texts; scores where not given. */
  readonly judgement?: string;
  /** How streamed answers come; as fast as can be in pieces of twenty characters where not given. */
  readonly stream?: StreamOptions | "whole";
  /** Instead of answers in different styles. */
  readonly answer?: (question: string, index: number, system: string) => string;
}

const transcriptionUsage = {
  type: "tokens",
  input_tokens: 40,
  output_tokens: 8,
  total_tokens: 48,
};

async function transcriptionIn(
  { headers }: IncomingMessage,
  sent: Buffer,
): Promise<TranscriptionRequest> {
  const type = String(headers["content-type"]);
  const form = await new Response(new Uint8Array(sent), {
    headers: { "content-type": type },
  }).formData();
  const file = form.get("file") as File;
  return {
    model: String(form.get("model")),
    name: file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
  };
}

type SentPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } };

/** The request with each message's texts and pictures apart. */
function readChatRequest(body: unknown): ChatRequest {
  const request = body as ChatRequest & {
    readonly messages: readonly { role: string; content: string | readonly SentPart[] }[];
  };
  return { ...request, messages: request.messages.map(readMessage) };
}

function readMessage({
  role,
  content,
}: {
  role: string;
  content: string | readonly SentPart[];
}): ChatMessage {
  if (typeof content === "string") return { role, content };
  return {
    role,
    content: content.map((part) => (part.type === "text" ? part.text : "")).join(""),
    pictures: content.flatMap((part) => (part.type === "image_url" ? [part.image_url.url] : [])),
  };
}

const MESSAGES = {
  text: (text: string) => ({ content: text }),
  parts: (text: string) => ({
    content: [
      { type: "text", text: text.slice(0, 10) },
      { type: "text", text: text.slice(10) },
    ],
  }),
  reasoning: (text: string) => ({ content: null, reasoning_content: `How about: ${text}` }),
};

export type LoopbackOpenAI = Awaited<ReturnType<typeof startLoopbackOpenAI>>;

export async function startLoopbackOpenAI(options: LoopbackOpenAIOptions = {}) {
  const dialect = dialectOf(options.dialect);
  const {
    count = dialect.ignoresN ? "ignored" : "honoured",
    refusalStatus = 400,
    content = "text",
    tellsUsage = true,
  } = options;
  const requests: ChatRequest[] = [];
  const embeddingRequests: EmbeddingRequest[] = [];
  const faults: Fault[] = [];
  const embeddingFaults: Fault[] = [];
  const transcriptionRequests: TranscriptionRequest[] = [];
  const transcriptionFaults: Fault[] = [];
  const keys: string[] = [];
  let answered = 0;
  const answer =
    options.answer ??
    ((question: string, index: number, system: string) => {
      const style = styleAsTold(STYLES[index % STYLES.length]!, sentencesTold(system));
      return styledAnswer(question, style, index);
    });

  let atOnce = 0;
  let mostAtOnce = 0;
  const server = createServer(async (incoming, response) => {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    response.once("close", () => atOnce--);
    const sent = await buffer(incoming);
    keys.push(String(incoming.headers.authorization));
    if (!isAtItsPlace(incoming, response)) return;
    if (incoming.url?.endsWith("/audio/transcriptions")) {
      const request = await transcriptionIn(incoming, sent);
      transcriptionRequests.push(request);
      const fault = transcriptionFaults.shift();
      if (fault !== undefined && (await misbehave(fault, response))) return;
      send(response, { text: options.heard?.(request.bytes) ?? "", usage: transcriptionUsage });
      return;
    }
    const body: unknown = JSON.parse(String(sent));
    if (incoming.url?.endsWith("/embeddings")) {
      const request = body as EmbeddingRequest;
      embeddingRequests.push(request);
      const fault = embeddingFaults.shift();
      if (fault !== undefined && (await misbehave(fault, response))) return;
      send(response, embeddingAnswer(request));
      return;
    }
    const request = readChatRequest(body);
    requests.push(request);
    const asked = String(request.messages.at(-1)?.content);
    const fault = faults.shift() ?? options.provoked?.(asked);
    if (fault !== undefined && (await misbehave(fault, response))) return;
    if (count === "refused" && request.n !== undefined) {
      refuse(response, { status: refusalStatus, code: "unsupported_parameter" });
      return;
    }
    const refusal = refusalIn(dialect, request);
    if (refusal !== undefined) {
      sendAs(response, refusal.status, refusal.body);
      return;
    }
    const question = request.messages.at(-1)!.content;
    // Not counted: members' answers go through the styles in the same order with and without it.
    if (options.answer === undefined && isAxisQuestion(question)) {
      complete(response, request.model, [MESSAGES.text(nameAxesOf(question))], "stop");
      return;
    }
    if (isStyleQuestion(request.messages[0]?.content)) {
      const judged = options.judgement ?? judgeStyles(question);
      complete(response, request.model, [MESSAGES.text(judged)], "stop");
      return;
    }
    const wanted = count === "honoured" ? (request.n ?? 1) : 1;
    const system = request.messages.find(({ role }) => role === "system")?.content ?? "";
    const texts = Array.from({ length: wanted }, () =>
      writtenIn(dialect, answer(question, answered++, system)),
    );
    const messages = texts.map((text) => MESSAGES[content](text));
    const end = content === "reasoning" ? "length" : "stop";
    if (request.stream === true && options.stream !== "whole") {
      const usage = tellsUsage && request.stream_options?.include_usage === true;
      const sent = { texts, reasoning: content === "reasoning", usage };
      await streamTo(response, sent, options.stream ?? {});
      return;
    }
    complete(response, request.model, messages, end, tellsUsage);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    /** How many requests there were at the same time at most. */
    get mostAtOnce() {
      return mostAtOnce;
    },
    /** Of chat completions. */
    requests,
    /** The authorization of every request, in order. */
    keys,
    /** What is still to go wrong with them. */
    faults,
    embeddingRequests,
    transcriptionRequests,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** Does `fault` with the next `times` chat completions. */
    fail(fault: Fault, times = 1): void {
      for (let time = 0; time < times; time++) faults.push(fault);
    },
    /** Forgets the faults that have not happened yet. */
    recover(): void {
      faults.length = 0;
    },
    /** Does `fault` with the next `times` requests for embeddings. */
    failEmbeddings(fault: Fault, times = 1): void {
      for (let time = 0; time < times; time++) embeddingFaults.push(fault);
    },
    /** Does `fault` with the next `times` recordings. */
    failTranscriptions(fault: Fault, times = 1): void {
      for (let time = 0; time < times; time++) transcriptionFaults.push(fault);
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
