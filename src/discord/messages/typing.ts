/** The typing indicator, while an answer takes longer than a moment. */
import { type Message, Routes } from "discord.js";
import type { Log } from "../../shared/log.js";

/** A quick answer needs no indicator: it would cost a request, of which Discord allows 50 a second. */
const FIRST_MS = 400;
/** Discord shows it for ten seconds; it is renewed a little earlier. */
const RENEW_MS = 8_000;
/** Without a reason an abort makes an error with its stack, for every answer and for nobody. */
const ANSWERED = "answered";

/**
 * Runs `action` with the indicator on, `until` something else says that it takes its time. An indicator
 * that fails never stops the action.
 */
export async function whileTyping<Result>(
  channel: Message["channel"],
  log: Log,
  action: () => Promise<Result>,
  until?: AbortSignal,
): Promise<Result> {
  const done = new AbortController();
  const show = async () => {
    try {
      // One that still waits for its turn when the answer is there is not sent any more.
      const request = { signal: done.signal };
      await channel.client.rest.post(Routes.channelTyping(channel.id), request);
    } catch (error) {
      if (done.signal.aborted) return;
      log.debug({ event: "typing.failed", channelId: channel.id, err: error });
    }
  };
  const first = setTimeout(show, FIRST_MS);
  const renewal = setInterval(show, RENEW_MS);
  const end = () => {
    clearTimeout(first);
    clearInterval(renewal);
    done.abort(ANSWERED);
  };
  until?.addEventListener("abort", end, { once: true });
  try {
    return await action();
  } finally {
    end();
  }
}
