/** The stores of one run: a copy of the large one for each process, or one for all. */
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { largeStore } from "./large-store.js";
import type { LoadOptions } from "./options.js";
import { startThrowawayServer } from "./postgres/throwaway-server.js";
import { fillPostgres } from "./postgres-store.js";

export interface Stores {
  /** One for each process; all the same if they share it. */
  readonly urls: readonly string[];
  /** Ends what was started for them. */
  end(): Promise<void>;
}

/** In the folder `run`, where they are copies. `say` is told what takes a while. Throws `StoreError`. */
export async function prepareStores(
  options: LoadOptions,
  run: string,
  say: (line: string) => void,
): Promise<Stores> {
  const { storeUrl, store } = options;
  const processes = Array.from({ length: options.processes }, (_, process) => process);
  if (store === "sqlite") {
    const urlOf = async (process: number) => storeUrl ?? (await copyOf(options, run, process, say));
    const urls: string[] = [];
    for (const process of processes) urls.push(await urlOf(process));
    return { urls, end: async () => undefined };
  }
  const original = await largeStore(options, say);
  const server = storeUrl === undefined ? await startThrowawayServer() : undefined;
  const url = storeUrl ?? server!.url;
  const end = async () => server?.end();
  try {
    await fillPostgres(original, url, say);
    return { urls: processes.map(() => url), end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function copyOf(
  options: LoadOptions,
  run: string,
  process: number,
  say: (line: string) => void,
): Promise<string> {
  const copy = join(run, `attune-${process}.sqlite`);
  await copyFile(await largeStore(options, say), copy);
  return `sqlite://${copy}`;
}
