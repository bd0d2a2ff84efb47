/** For what may be left undone while the store is down, so that members are still answered. */
import { StoreUnavailableError } from "./store-error.js";

/**
 * What `writing` resolves to; undefined if the store is unavailable, which its health has already
 * reported.
 */
export async function unlessStoreIsDown<Result>(
  writing: Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
}
