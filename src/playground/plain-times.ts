/** Times as Discord writes them, in words for a terminal. */
import type { Clock } from "../shared/time.js";

const MINUTE_MS = 60_000;

/** `text` with every `<t:…:R>` as "in 12 minutes". */
export function withPlainTimes(text: string, clock: Clock): string {
  const words = new Intl.RelativeTimeFormat("en-GB");
  return text.replace(/<t:(\d+):R>/g, (_, seconds: string) => {
    const wait = Number(seconds) * 1000 - clock();
    return wait < MINUTE_MS
      ? words.format(Math.ceil(wait / 1000), "second")
      : words.format(Math.ceil(wait / MINUTE_MS), "minute");
  });
}
