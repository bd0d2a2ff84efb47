/** Long work in small pieces that leaves the event loop to whoever waits for an answer. */
import { setTimeout as pause } from "node:timers/promises";

/** Does `piece`, then rests as long as it took: at most half of the time goes into such work. */
export async function besideOthers(piece: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  await piece();
  await pause(performance.now() - startedAt);
}
