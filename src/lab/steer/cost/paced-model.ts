/**
 * A language model on loopback that takes its time as a real one does, and does as it is told: it answers
 * prompts of the deck with the deck's own texts. Knows OpenAI's chat completions and no members.
 */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeResponses, FEATURE_COUNT } from "../../../../models/encoder/encoder.js";
import { obedientRows, styledTexts } from "../../../../models/steering/nearest-style.js";
import type { Deck } from "../../../shared/deck/deck.js";
import { directivesIn } from "./directives-in.js";

/** How long it takes, however many answers are written side by side. */
export interface Pace {
  readonly firstTokenMilliseconds: number;
  readonly tokensASecond: number;
}

/** About what a hosted model of medium size takes. */
export const USUAL_PACE: Pace = { firstTokenMilliseconds: 400, tokensASecond: 60 };
const CHARACTERS_A_TOKEN = 4;

/** What the requests for one message took. */
export interface Taken {
  requests: number;
  input: number;
  output: number;
}

export interface PacedModel {
  readonly baseUrl: string;
  /** By the message that was answered. */
  readonly taken: ReadonlyMap<string, Taken>;
  close(): Promise<void>;
}

/** Messages are a prompt of `deck` and a mark behind it, so that each can be told from any other. */
export async function startPacedModel(
  deck: Deck,
  promptOf: (message: string) => string,
  pace: Pace,
): Promise<PacedModel> {
  const taken = new Map<string, Taken>();
  /** Answers that a message has got already: a model does not write the same twice. */
  const given = new Map<string, Set<number>>();
  const server = createServer(async (request, response) => {
    const { model, messages, n = 1, stream = false } = JSON.parse(await text(request));
    const message = String(messages.at(-1).content);
    const before = given.get(message) ?? new Set();
    given.set(message, before);
    const answers = write(deck, promptOf(message), String(messages[0].content), n, before);
    const input = Math.ceil(JSON.stringify(messages).length / CHARACTERS_A_TOKEN);
    const lengths = answers.map((answer) => Math.ceil(answer.length / CHARACTERS_A_TOKEN));
    const output = lengths.reduce((sum, length) => sum + length, 0);
    const sum = taken.get(message) ?? { requests: 0, input: 0, output: 0 };
    taken.set(message, {
      requests: sum.requests + 1,
      input: sum.input + input,
      output: sum.output + output,
    });
    const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
    if (stream) return void (await streamTo(response, answers[0]!, pace, usage));
    await sleep(pace.firstTokenMilliseconds + (1_000 * Math.max(...lengths)) / pace.tokensASecond);
    const choices = answers.map((content, index) => ({
      index,
      message: { role: "assistant", content },
      finish_reason: "stop",
    }));
    const body = { id: "paced", object: "chat.completion", created: 0, model, choices, usage };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    taken,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Sends `answer` token by token; a timer that is late is made up for. */
async function streamTo(
  response: ServerResponse,
  answer: string,
  { firstTokenMilliseconds, tokensASecond }: Pace,
  usage: object,
): Promise<void> {
  const send = (event: object) => response.write(`data: ${JSON.stringify(event)}\n\n`);
  response.writeHead(200, { "content-type": "text/event-stream" });
  const begun = performance.now();
  for (let at = 0; at < answer.length; at += CHARACTERS_A_TOKEN) {
    const tokens = at / CHARACTERS_A_TOKEN + 1;
    const due = begun + firstTokenMilliseconds + (1_000 * tokens) / tokensASecond;
    if (due - performance.now() > 1) await sleep(due - performance.now());
    const delta = { content: answer.slice(at, at + CHARACTERS_A_TOKEN) };
    send({ choices: [{ index: 0, delta, finish_reason: null }] });
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
  send({ choices: [], usage });
  response.end("data: [DONE]\n\n");
}

/** `count` texts that come nearest to what `system` asks for; any where it asks for nothing. */
function write(
  { prompts }: Deck,
  prompt: string,
  system: string,
  count: number,
  before: Set<number>,
): string[] {
  const texts = prompts.find((one) => one.prompt === prompt)!.answers.map((answer) => answer.text);
  const all = [...texts.keys()];
  const left = all.filter((row) => !before.has(row));
  const directives = directivesIn(system);
  const styled = styledTexts(encodeResponses(texts), FEATURE_COUNT);
  const slots = Array.from({ length: count }, () => ({ directives }));
  const rows = obedientRows(styled, left.length >= count ? left : all, slots);
  for (const row of rows) before.add(row);
  return rows.map((row) => texts[row]!);
}
