/** A promise that is not waited for any longer than a signal allows. */

/** What `promise` resolves to; rejects with the signal's reason as soon as that aborts. */
export async function untilAborted<Result>(
  promise: PromiseLike<Result>,
  signal: AbortSignal,
): Promise<Result> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
