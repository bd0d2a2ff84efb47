/** The store's repositories, timed, their failures counted. Knows no records. */
import { Repository } from "../store/repository.js";
import type { Store } from "../store/store.js";
import type { Metrics } from "./metrics.js";

/** The same `store`; how long each call takes and what fails goes to `metrics`. */
export function measureStore(store: Store, metrics: Metrics): Store {
  const measured = Object.entries(store).map(([name, part]: [string, unknown]) => [
    name,
    part instanceof Repository ? measureRepository(part, metrics) : part,
  ]);
  return { ...store, ...Object.fromEntries(measured) };
}

function measureRepository<Value>(
  repository: Repository<Value>,
  { storeErrors, storeSeconds }: Metrics,
): Repository<Value> {
  const failing = (operation: string) => (error: unknown) => {
    storeErrors.inc({ operation });
    throw error;
  };
  const measure = (operation: string, method: Method): Method => {
    const failed = failing(operation);
    return (...parameters) => {
      const end = storeSeconds.startTimer({ operation });
      const result = method.apply(repository, parameters);
      if (result instanceof Promise) return timed(result, end, failed);
      return isScan(result) ? watchScan(result, failed) : result;
    };
  };
  const measured = new Map<string | symbol, Method>();
  return new Proxy(repository, {
    get(target, name) {
      const known = measured.get(name);
      if (known !== undefined) return known;
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== "function") return method;
      const own = measure(String(name), method as Method);
      measured.set(name, own);
      return own;
    },
    // What comes into the place of a method is measured as well.
    set(target, name, value) {
      measured.delete(name);
      return Reflect.set(target, name, value, target);
    },
  });
}

type Method = (...parameters: unknown[]) => unknown;

async function timed(
  result: Promise<unknown>,
  end: () => void,
  failed: (error: unknown) => never,
): Promise<unknown> {
  try {
    return await result;
  } catch (error) {
    return failed(error);
  } finally {
    end();
  }
}

type Scan = AsyncGenerator<unknown>;

function isScan(result: unknown): result is Scan {
  return typeof result === "object" && result !== null && Symbol.asyncIterator in result;
}

/** In place: a generator around a generator would cost a scan of a million records its speed. */
function watchScan(scan: Scan, failed: (error: unknown) => never): Scan {
  const next = scan.next.bind(scan);
  scan.next = (...parameters) => next(...parameters).catch(failed);
  return scan;
}
