/** Changes of a JSON document that make it hostile: fields gone, of another type, far too large. */
import fc from "fast-check";

export interface Mutation {
  /** Which field, counted through the whole document and round again. */
  readonly at: number;
  /** Replaces the field, removes it, or puts `value` beside it under `name`. */
  readonly kind: "replace" | "remove" | "add";
  readonly name: string;
  readonly value: unknown;
}

const NAMES = ["__proto__", "constructor", "toJSON", "then", "length", "id", "type", "toString"];

/** One to four mutations, or none. `ids` are worth trying in every place. */
export function mutations(ids: readonly string[]): fc.Arbitrary<Mutation[]> {
  const mutation = fc.record<Mutation>({
    at: fc.nat(500),
    kind: fc.constantFrom("replace", "replace", "replace", "remove", "add"),
    name: fc.constantFrom(...NAMES),
    value: hostileValue(ids),
  });
  return fc.array(mutation, { maxLength: 4 });
}

function hostileValue(ids: readonly string[]): fc.Arbitrary<unknown> {
  const edges = [
    ...[null, true, false, 0, -1, 1, 2, 3, 5, 7, 1.5, 1e308, 2 ** 53, -(2 ** 63)],
    ...["", " ", "0", "-1", "1e5", "99999999999999999999999999", "NaN", "null", ":", "a:b"],
    ...["__proto__", "constructor", "toString", "../../users/@me", "?limit=1", "\u0000", "\ud800"],
    ...["a", "b", "tie", "neither", "granted", "2026-13-45", "starter", "en"],
    ...[
      [],
      {},
      [null],
      [[]],
      { id: null },
      { length: -1 },
      [1, "2", null],
      JSON.parse('{"then":"x","toJSON":1}'),
    ],
    ...["x".repeat(3_000), "\u202e".repeat(500), "🅰️", "```".repeat(700), "<@1>".repeat(400)],
  ];
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<unknown>(...edges) },
    { weight: 3, arbitrary: fc.constantFrom(...ids, ...ids.map((id) => `${id}:`)) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  );
}

/** A changed copy of `document`. */
export function mutate(document: unknown, changes: readonly Mutation[]): unknown {
  const root = { document: structuredClone(document) };
  for (const { at, kind, name, value } of changes) {
    const places = placesIn(root);
    const place = places[at % places.length];
    if (place === undefined) break;
    const [parent, key] = place;
    if (kind === "replace") set(parent, key, value);
    else if (kind === "remove") Reflect.deleteProperty(parent, key);
    else set(parent, Array.isArray(parent) ? String(parent.length) : name, value);
  }
  return root.document;
}

/** As JSON.parse does it: a field of the name `__proto__` is a field like others. */
function set(parent: object, key: string, value: unknown): void {
  // A copy, for the same value may be put in twice, and be changed itself by the next mutation.
  const field = {
    value: structuredClone(value),
    enumerable: true,
    configurable: true,
    writable: true,
  };
  if (Array.isArray(parent) && !/^\d+$/.test(key)) return;
  Object.defineProperty(parent, key, field);
}

/** Every field of every object and array, in order. */
function placesIn(value: unknown): [parent: object, key: string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => [
    [value, key] as [object, string],
    ...placesIn(Object.getOwnPropertyDescriptor(value, key)!.value),
  ]);
}
