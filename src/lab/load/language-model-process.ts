/**
 * A loopback language model in a process of its own: answers after a set time in the deck's styles,
 * and notes how long it really took. Knows OpenAI's chat completions and nothing of Discord.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { loadDeck } from "../../shared/deck/deck.js";
import { numberIn } from "./marks.js";
import { type ModelCommand, type ModelReport, serve } from "./process-messages.js";

const delayMs = Number(process.argv[2]);
const { prompts } = loadDeck();
/** Milliseconds by the number of the message that is answered, over all requests for it. */
const spent = new Map<number, number>();
/** When the last of them was answered: what ran beside it counts once. */
const lastAnswered = new Map<number, number>();
let requests = 0;

const server = createServer((request, response) => {
  const begun = performance.now();
  readBody(request, (body) => {
    setTimeout(() => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(answerTo(body, begun));
    }, delayMs);
  });
});

function readBody(request: IncomingMessage, then: (body: string) => void): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => then(Buffer.concat(chunks).toString()));
}

function answerTo(body: string, begun: number): string {
  const { model, messages, n = 1 } = JSON.parse(body);
  const number = numberIn(String(messages.at(-1).content)) ?? 0;
  const { answers } = prompts[number % prompts.length]!;
  const choices = Array.from({ length: n }, (_, index) => ({
    index,
    message: {
      role: "assistant",
      content: `${answers[(requests + index) % answers.length]!.text}\n[#${number}]`,
    },
    finish_reason: "stop",
  }));
  requests++;
  const usage = { prompt_tokens: 300, completion_tokens: 200 * n, total_tokens: 300 + 200 * n };
  const answer = { id: "load", object: "chat.completion", created: 0, model, choices, usage };
  const text = JSON.stringify(answer);
  const now = performance.now();
  const from = Math.max(begun, lastAnswered.get(number) ?? 0);
  spent.set(number, (spent.get(number) ?? 0) + now - from);
  lastAnswered.set(number, now);
  return text;
}

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  serve<ModelCommand, ModelReport>(
    { kind: "listening", port: (server.address() as AddressInfo).port },
    (_command, report) => report({ kind: "spent", requests, spent: [...spent] }),
  );
});
