/** The typing indicator, for as long as an answer is in the making. */
import type { Message } from "discord.js";
import type { Log } from "../log.js";

/** Discord shows it for ten seconds; it is renewed a little earlier. */
const RENEW_MS = 8_000;

/** Runs `action` with the indicator on. An indicator that fails never stops the action. */
export async function whileTyping<Result>(
  channel: Message["channel"],
  log: Log,
  action: () => Promise<Result>,
): Promise<Result> {
  const show = () => {
    if (!channel.isSendable()) return;
    channel.sendTyping().catch((error: unknown) => {
      log.debug({ event: "typing.failed", channelId: channel.id, err: error });
    });
  };
  show();
  const timer = setInterval(show, RENEW_MS);
  try {
    return await action();
  } finally {
    clearInterval(timer);
  }
}
