/** Rate limits as Discord tells them in headers, and enforces them. */
import { RestError } from "./rest-error.js";

interface Bucket {
  remaining: number;
  resetsAt: number;
}

export class Buckets {
  readonly #buckets = new Map<string, Bucket>();

  /** `limit` requests per `windowMs` for each route. */
  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Counts a request to `route`. Returns the headers of its answer; throws {@link RestError} 429. */
  take(route: string): Record<string, string> {
    const now = Date.now();
    let bucket = this.#buckets.get(route);
    if (bucket === undefined || bucket.resetsAt <= now) {
      bucket = { remaining: this.limit, resetsAt: now + this.windowMs };
      this.#buckets.set(route, bucket);
    }
    const wait = (bucket.resetsAt - now) / 1000;
    if (bucket.remaining === 0) {
      const headers = { ...this.#headers(route, bucket, wait), "retry-after": String(wait) };
      const extra = { retry_after: wait, global: false };
      throw new RestError(429, 0, "You are being rate limited.", extra, headers);
    }
    bucket.remaining--;
    return this.#headers(route, bucket, wait);
  }

  #headers(route: string, bucket: Bucket, wait: number): Record<string, string> {
    return {
      "x-ratelimit-limit": String(this.limit),
      "x-ratelimit-remaining": String(bucket.remaining),
      "x-ratelimit-reset": String(bucket.resetsAt / 1000),
      "x-ratelimit-reset-after": String(wait),
      "x-ratelimit-bucket": Buffer.from(route).toString("hex").slice(0, 32),
    };
  }
}
