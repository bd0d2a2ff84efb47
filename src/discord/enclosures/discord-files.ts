/**
 * Reads files that Discord keeps: from its own hosts alone, over https, wherever an address came from.
 * No redirect is followed, and no more is read than was asked for.
 */
import PQueue from "p-queue";

/** Where Discord keeps what is attached to messages; the second one makes smaller pictures of pictures. */
export const DISCORD_ORIGINS: readonly string[] = [
  "https://cdn.discordapp.com",
  "https://media.discordapp.net",
];

const LONGEST_MS = 10_000;
/** Each may take some megabytes of memory. */
const AT_ONCE = 8;

/** A file that can't be had. Its message has no address in it, which holds a name. */
export class FileUnreadableError extends Error {
  override readonly name = "FileUnreadableError";
}

export interface ReadFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether there is more of it. */
  readonly isCut: boolean;
}

export class DiscordFiles {
  readonly #queue = new PQueue({ concurrency: AT_ONCE });
  readonly #origins: ReadonlySet<string>;

  /** Other origins are for tests: no setting leads here. */
  constructor(origins: readonly string[] = DISCORD_ORIGINS) {
    this.#origins = new Set(origins);
  }

  /** At most `mostBytes` from the beginning of the file at `address`. Throws {@link FileUnreadableError}. */
  async read(address: string, mostBytes: number, signal: AbortSignal): Promise<ReadFile> {
    const url = this.#checked(address);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]);
    try {
      return await this.#queue.add(() => readAtMost(url, mostBytes, limit), { signal: limit });
    } catch (error) {
      if (error instanceof FileUnreadableError) throw error;
      // The cause of a failed fetch may hold the address.
      throw new FileUnreadableError("The file could not be read from Discord's hosts.");
    }
  }

  #checked(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isPlain = url?.username === "" && url.password === "";
    if (url === undefined || !isPlain || !this.#origins.has(url.origin)) {
      throw new FileUnreadableError("The file is not on one of Discord's hosts.");
    }
    return url;
  }
}

async function readAtMost(url: URL, mostBytes: number, signal: AbortSignal): Promise<ReadFile> {
  const response = await fetch(url, { redirect: "error", credentials: "omit", signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw new FileUnreadableError(`Discord's host answered with ${response.status}.`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop closes the connection.
    if (length > mostBytes) break;
  }
  const bytes = new Uint8Array(Buffer.concat(chunks).subarray(0, mostBytes));
  return { bytes, isCut: length > mostBytes };
}
