/** For what may be left undone while the store can't be written, so that members are still answered. */
import { StoreUnavailableError } from "./store-error.js";

/** Whether `writing` was done; false where the store is unavailable, of which its health has told. */
export async function kept(writing: Promise<unknown>): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailableError) return false;
    throw error;
  }
}
