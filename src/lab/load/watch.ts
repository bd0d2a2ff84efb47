/** Asks the bot's metrics port as a supervisor and Prometheus do: whether it is well, and how late its timers are. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";

const INTERVAL_MS = 5_000;
const TIMEOUT_MS = 2_000;
const LAG = /^nodejs_eventloop_lag_p99_seconds (\S+)$/m;

export interface WatchReport {
  /** Of `/healthz`, and how many of them were not answered with 200 within two seconds. */
  readonly checks: number;
  readonly failed: number;
  /** How late timers were, 99 % of them at most, in the worst five seconds. */
  readonly eventLoopP99Ms: number;
}

export class Watch {
  #checks = 0;
  #failed = 0;
  #worstLag = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly port: number) {}

  start(): void {
    this.#timer = setInterval(() => void this.#look(), INTERVAL_MS);
  }

  stop(): WatchReport {
    clearInterval(this.#timer);
    return {
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

  #ask(path: string): Promise<Response> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return fetch(`http://127.0.0.1:${this.port}/${path}`, { signal });
  }
}

/** A port of this machine that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
