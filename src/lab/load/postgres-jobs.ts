/** The queue of a bot on PostgreSQL, as another process sees it. */
import { pino } from "pino";
import { openQueue, RETRAINING } from "../../training/jobs/queue.js";

type Queue = Awaited<ReturnType<typeof openQueue>>;

/** Removes what earlier bots have left to be done. */
export function forgetJobs(url: string): Promise<void> {
  return onQueue(url, async (queue) => void (await queue.deleteAllJobs()));
}

/** As `/retrain now` does; one of the processes takes it. */
export function askForRetraining(url: string): Promise<void> {
  return onQueue(url, async (queue) => void (await queue.send(RETRAINING)));
}

async function onQueue(url: string, action: (queue: Queue) => Promise<void>): Promise<void> {
  const queue = await openQueue({
    url,
    works: false,
    log: pino({ level: "warn" }, pino.destination(2)),
  });
  try {
    await action(queue);
  } finally {
    await queue.stop();
  }
}
