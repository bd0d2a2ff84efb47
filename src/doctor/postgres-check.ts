/** The store in PostgreSQL, and the key that its texts are sealed with. Nothing is changed. */
import { glanceAtPostgres, type PostgresGlance } from "../store/postgres/glance.js";
import { type Finding, well, wrong } from "./finding.js";
import { checkKey, type StoreReport } from "./store-check.js";

const MEGABYTE = 1024 * 1024;

/** Of the store at `url`, whose texts are sealed with `key`. Never throws. */
export async function checkPostgresStore(
  url: string,
  key: Uint8Array | undefined,
): Promise<StoreReport> {
  try {
    const glance = await glanceAtPostgres(url);
    const findings = [stateOf(glance), ...checkKey(key, glance.keyHashes)];
    return { findings, settings: glance.settings };
  } catch (error) {
    const [what, ...remedy] = (error as Error).message.split(": ");
    const finding = wrong("Store", `${what}.`, remedy.join(": "));
    return { findings: [finding], settings: new Map() };
  }
}

function stateOf({ version, bytes, server }: PostgresGlance): Finding {
  const place = `PostgreSQL ${server}`;
  if (version === 0) return well("Store", `${place} answers; the first start makes the tables.`);
  const size = `${(bytes / MEGABYTE).toFixed(1)} MB`;
  return well("Store", `${place}, ${size}. Back it up with pg_dump (docs/store.md).`);
}
