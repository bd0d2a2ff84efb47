/** Which room of the code imports from which, read from the sources by the tool that holds the walls. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";

const FLOORS = ["models", "workers", "src", "commands"];

/** The rooms that each room imports from, types included; the names are those of {@link roomOf}. */
export type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the sources of the project in `folder`, which must be the working directory. */
export async function readImports(folder: string): Promise<Imports> {
  const config: { default: { options: ICruiseOptions } } = await import(
    pathToFileURL(join(folder, ".dependency-cruiser.mjs")).href
  );
  const { output } = await cruise(FLOORS, config.default.options);
  const imports = new Map<string, Set<string>>();
  for (const { source, dependencies } of (output as ICruiseResult).modules) {
    const room = roomOf(source);
    if (room === undefined) continue;
    const own = imports.get(room) ?? new Set();
    imports.set(room, own);
    for (const { resolved } of dependencies) {
      const other = roomOf(resolved);
      if (other !== undefined && other !== room) own.add(other);
    }
  }
  return imports;
}

/**
 * The room of a source file: its folder within `src` or `models`, a file that stands alone in `src`
 * by its own name, `commands`, `workers`. Nothing for a package and for what starts a clone.
 */
export function roomOf(path: string): string | undefined {
  const [floor, room] = path.split("/");
  if (!FLOORS.includes(floor!) || room === undefined || path.startsWith("src/setup/")) return;
  return floor === "src" || floor === "models" ? `${floor}/${room}` : floor;
}

/** `imports` without those that follow from others: a → c if a → b and b → … → c. */
export function withoutDetours(imports: Imports): Imports {
  const reach = (from: string, to: string): boolean =>
    [...(imports.get(from) ?? [])].some((room) => room === to || reach(room, to));
  return new Map(
    [...imports].map(([room, others]) => [
      room,
      new Set([...others].filter((to) => ![...others].some((by) => by !== to && reach(by, to)))),
    ]),
  );
}
