/** Counts the calls that wait for the worker pools or run in them. */
import type { Compute } from "../../workers/compute.js";

export interface CountedCompute {
  readonly compute: Compute;
  /** Calls that have begun and not ended. */
  readonly inHand: () => number;
}

/** The same verbs, counted. */
export function countCalls(compute: Compute): CountedCompute {
  let inHand = 0;
  const counted = new Proxy(compute, {
    get(target, name, receiver) {
      const verb: unknown = Reflect.get(target, name, receiver);
      if (typeof verb !== "function" || name === "close") return verb;
      return async (...parameters: unknown[]) => {
        inHand++;
        try {
          return await verb.apply(target, parameters);
        } finally {
          inHand--;
        }
      };
    },
  });
  return { compute: counted, inHand: () => inHand };
}
