/** What goes wrong with requests to the loopback Discord, on demand. */
import { RestError } from "./rest-error.js";

interface Target {
  readonly method: string;
  readonly path: RegExp;
  /** Of the bodies that it hits; of all where not given. */
  readonly when?: (body: unknown) => boolean;
  times: number;
}

type Fault =
  | ({ readonly kind: "refuse"; readonly status: number; readonly code: number } & Target)
  | ({ readonly kind: "limit"; readonly seconds: number; readonly global: boolean } & Target)
  | ({ readonly kind: "loseAnswer" } & Target)
  | ({ readonly kind: "holdAnswer"; readonly until: Promise<void> } & Target)
  | ({ readonly kind: "ignore"; readonly parameters: readonly string[] } & Target)
  | ({ readonly kind: "alter"; readonly change: (answer: unknown) => unknown } & Target);

/** What a fault does to one request. */
interface Blow {
  /** Parameters of the query that the server does not know. */
  readonly ignored: readonly string[];
  /** What is answered in the place of `answer`. Throws {@link RestError}. */
  readonly after: (answer: unknown) => unknown;
}

const NOTHING: Blow = { ignored: [], after: (answer) => answer };

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

  /** The next `times` requests are done as if they came without `parameters`. */
  ignore(method: string, path: RegExp, parameters: readonly string[], times = 1): void {
    this.add({ kind: "ignore", method, path, parameters, times });
  }

  /** The next `times` requests are answered with what `change` makes of the answer's JSON. */
  alter(method: string, path: RegExp, change: (answer: unknown) => unknown, times = 1): void {
    this.add({ kind: "alter", method, path, change, times });
  }

  /** What hits a request. Throws {@link RestError}. */
  strike(method: string, path: string, body?: unknown): Blow {
    const fault = this.#faults.find(
      (one) =>
        one.times > 0 && one.method === method && one.path.test(path) && (one.when?.(body) ?? true),
    );
    if (fault === undefined) return NOTHING;
    fault.times--;
    if (fault.kind === "refuse") {
      throw new RestError(fault.status, fault.code, "Refused on demand");
    }
    if (fault.kind === "limit") throw limited(fault.seconds, fault.global);
    if (fault.kind === "ignore") return { ...NOTHING, ignored: fault.parameters };
    if (fault.kind === "alter") return { ...NOTHING, after: fault.change };
    const after = async (answer: unknown) => {
      if (fault.kind === "loseAnswer") throw new RestError(502, 0, "The answer got lost");
      await fault.until;
      return answer;
    };
    return { ...NOTHING, after };
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
