/** A chat completion as server-sent events, in pieces and at a pace that the test says. */
import type { ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";

export interface StreamOptions {
  /** Characters of one event. */
  readonly characters?: number;
  /** Awaited before each event, with the words that have been sent; the connection is cut if it throws. */
  readonly before?: (sent: string) => Promise<unknown>;
}

export interface Streamed {
  /** One for each choice. */
  readonly texts: readonly string[];
  readonly reasoning: boolean;
  /** Whether the last event says how many tokens it took. */
  readonly usage: boolean;
}

/** Sends it; an event is split between two writes, as networks do. */
export async function streamTo(
  response: ServerResponse,
  { texts, reasoning, usage }: Streamed,
  { characters = 20, before = () => setImmediate() }: StreamOptions,
): Promise<void> {
  response.on("error", () => undefined);
  response.writeHead(200, { "content-type": "text/event-stream" });
  const write = (event: object) => {
    const line = Buffer.from(`data: ${JSON.stringify(event)}\n\n`);
    const half = Math.floor(line.length / 2);
    response.write(line.subarray(0, half));
    response.write(line.subarray(half));
  };
  const event = (index: number, delta: object, end: string | null = null) => ({
    id: "loopback",
    object: "chat.completion.chunk",
    choices: [{ index, delta, finish_reason: end }],
  });
  for (const [index, text] of texts.entries()) {
    const field = reasoning ? "reasoning_content" : "content";
    write(event(index, { role: "assistant", [field]: "" }));
    for (let at = 0; at < text.length; at += characters) {
      try {
        await before(text.slice(0, at));
      } catch {
        response.socket?.destroy();
        return;
      }
      if (response.destroyed) return;
      write(event(index, { [field]: text.slice(at, at + characters) }));
    }
    write(event(index, {}, "stop"));
  }
  if (usage) {
    const usage = { prompt_tokens: 100, completion_tokens: 50 * texts.length, total_tokens: 0 };
    write({ id: "loopback", object: "chat.completion.chunk", choices: [], usage });
  }
  response.end("data: [DONE]\n\n");
}
