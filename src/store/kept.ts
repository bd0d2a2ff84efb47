/** For what may be left undone while the store can't be written, so that members are still answered. */
import { StoreUnavailableError } from "./store-error.js";

/** Whether `writing` was done; false where the store is unavailable, of which its health has told. */
export async function kept(writing: Promise<unknown>): Promise<boolean> {
  return (await keptAs(writing.then(() => true))) === true;
}

/** What `writing` resolves to; undefined where the store is unavailable. */
export async function keptAs<Result>(writing: Promise<Result>): Promise<Result | undefined> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
}
