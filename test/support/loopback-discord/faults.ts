/** What goes wrong with requests to the loopback Discord, on demand. */
import { RestError } from "./rest-error.js";

interface Target {
  readonly method: string;
  readonly path: RegExp;
  times: number;
}

type Fault =
  | ({ readonly kind: "refuse"; readonly status: number; readonly code: number } & Target)
  | ({ readonly kind: "limit"; readonly seconds: number; readonly global: boolean } & Target)
  | ({ readonly kind: "loseAnswer" } & Target)
  | ({ readonly kind: "holdAnswer"; readonly until: Promise<void> } & Target);

export class Faults {
  readonly #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  /** The next `times` requests are refused with 429: come again in `seconds`. */
  limit(
    method: string,
    path: RegExp,
    seconds: number,
    { times = 1, global = false }: { times?: number; global?: boolean } = {},
  ): void {
    this.add({ kind: "limit", method, path, seconds, global, times });
  }

  /** The next `times` requests are done, and whoever sent them hears that they failed. */
  loseAnswer(method: string, path: RegExp, times = 1): void {
    this.add({ kind: "loseAnswer", method, path, times });
  }

  /** The next `times` requests are done, and whoever sent them hears of it when `until` resolves. */
  holdAnswer(method: string, path: RegExp, until: Promise<void>, times = 1): void {
    this.add({ kind: "holdAnswer", method, path, until, times });
  }

  /** What hits a request. Throws {@link RestError}; returns what happens once it is done. */
  strike(method: string, path: string): () => Promise<void> {
    const fault = this.#faults.find(
      (one) => one.times > 0 && one.method === method && one.path.test(path),
    );
    if (fault === undefined) return async () => undefined;
    fault.times--;
    if (fault.kind === "refuse") {
      throw new RestError(fault.status, fault.code, "Refused on demand");
    }
    if (fault.kind === "limit") throw limited(fault.seconds, fault.global);
    return async () => {
      if (fault.kind === "loseAnswer") throw new RestError(502, 0, "The answer got lost");
      await fault.until;
    };
  }
}

function limited(seconds: number, global: boolean): RestError {
  const headers = {
    "retry-after": String(seconds),
    "x-ratelimit-scope": global ? "global" : "user",
    ...(global
      ? { "x-ratelimit-global": "true" }
      : {
          "x-ratelimit-limit": "5",
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset-after": String(seconds),
        }),
  };
  const extra = { retry_after: seconds, global };
  return new RestError(429, 0, "You are being rate limited.", extra, headers);
}
