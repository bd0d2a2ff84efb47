/** Asks the bot's metrics port as a supervisor and Prometheus do: whether it is well, and how late its timers are. */
const INTERVAL_MS = 5_000;
const TIMEOUT_MS = 2_000;
/** For what is counted before and after the load, which says nothing about how well the bot is. */
const COUNT_TIMEOUT_MS = 60_000;
const EVENTS = /^attune_shard_events_total\{.*\} (\S+)$/gm;
const LAG = /^nodejs_eventloop_lag_p99_seconds (\S+)$/m;

export interface WatchReport {
  /** Of `/healthz`, and how many of them were not answered with 200 within two seconds. */
  readonly checks: number;
  readonly failed: number;
  /** How late timers were, 99 % of them at most, in the worst five seconds. */
  readonly eventLoopP99Ms: number;
  /** That Discord sent, on all shards of the process. */
  readonly eventsPerSecond: number;
}

export class Watch {
  #checks = 0;
  #failed = 0;
  #worstLag = 0;
  #begun = { events: 0, at: 0 };
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly port: number) {}

  async start(): Promise<void> {
    this.#begun = await this.#counted();
    this.#timer = setInterval(() => void this.#look(), INTERVAL_MS);
  }

  async stop(): Promise<WatchReport> {
    clearInterval(this.#timer);
    const { events, at } = await this.#counted();
    return {
      eventsPerSecond: (1000 * (events - this.#begun.events)) / (at - this.#begun.at),
      checks: this.#checks,
      failed: this.#failed,
      eventLoopP99Ms: this.#worstLag * 1000,
    };
  }

  async #look(): Promise<void> {
    this.#checks++;
    try {
      const health = await this.#ask("healthz");
      if (!health.ok) this.#failed++;
      const metrics = await (await this.#ask("metrics")).text();
      this.#worstLag = Math.max(this.#worstLag, Number(LAG.exec(metrics)?.[1] ?? 0));
    } catch {
      this.#failed++;
    }
  }

  async #counted(): Promise<{ events: number; at: number }> {
    const metrics = await (await this.#ask("metrics", COUNT_TIMEOUT_MS)).text();
    const counts = [...metrics.matchAll(EVENTS)].map(([, count]) => Number(count));
    return { events: counts.reduce((sum, count) => sum + count, 0), at: performance.now() };
  }

  #ask(path: string, timeoutMs = TIMEOUT_MS): Promise<Response> {
    const signal = AbortSignal.timeout(timeoutMs);
    return fetch(`http://127.0.0.1:${this.port}/${path}`, { signal });
  }
}
