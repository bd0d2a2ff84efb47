/** Which records an event may change: those of its sender, and what the event is itself about. */

/** Every record of the store, by namespace and key. */
export type Snapshot = ReadonlyMap<string, string>;

export interface Change {
  readonly namespace: string;
  readonly key: string;
  readonly before: Record<string, unknown> | undefined;
  readonly after: Record<string, unknown> | undefined;
}

/** The records in which two snapshots differ. */
export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
  const places = new Set([...before.keys(), ...after.keys()]);
  return [...places]
    .filter((place) => before.get(place) !== after.get(place))
    .map((place) => {
      const [namespace = "", ...key] = place.split(" ");
      return {
        namespace,
        key: key.join(" "),
        before: parse(before.get(place)),
        after: parse(after.get(place)),
      };
    });
}

function parse(text: string | undefined): Record<string, unknown> | undefined {
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Of a server: to manage it, or everything. */
const MANAGE = (1n << 5n) | (1n << 3n);

/** Whether an event of this `type` with this `payload` may make `change`. */
export function isAllowed(type: string, payload: unknown, change: Change): boolean {
  const { namespace, key, before, after } = change;
  const senders = sendersOf(payload);
  switch (namespace) {
    // Counts of a day, which name nobody.
    case "usage":
    case "doses":
    case "dayCounts":
    case "daySecrets":
    // Marks of many people, or that there are too few.
    case "averages":
      return true;
    case "ballots":
    case "replies": {
      if (before !== undefined && after !== undefined && before.memberId !== after.memberId) {
        return false;
      }
      if (before !== undefined && after !== undefined && sayTheSame(before, after)) return true;
      const deleted = /^MESSAGE_DELETE/.test(type) && after === undefined;
      if (after === undefined && isGone(type, payload, before)) return true;
      if (deleted && namespace === "ballots" && idsOf(payload).has(key)) return true;
      return senders.has(String((before ?? after)?.memberId));
    }
    case "profiles":
    case "comparisons":
    case "questions":
    case "calibrations":
      return [...senders].some((sender) => isSecondPart(key, sender));
    case "consents":
      return [...senders].some((sender) => key.startsWith(`${sender}:`));
    case "departures":
      return /^GUILD_(CREATE|DELETE)$/.test(type) && idsOf(payload).has(key);
    case "settings":
      return (
        type === "INTERACTION_CREATE" && mayManage(payload) && field(payload, "guild_id") === key
      );
    case "models":
    case "currentModels":
      // They belong to the owner of the bot, who sends nothing here.
      return false;
    default:
      return false;
  }
}

/** Whether they differ in nothing but the seals, which are others whenever a record is written. */
function sayTheSame(one: object, other: object): boolean {
  const unsealed = (record: object) => JSON.stringify(record).replace(/"g1:[\w+/=]*"/g, '"sealed"');
  return unsealed(one) === unsealed(other);
}

/** Whether the place of a ballot or reply was deleted. */
function isGone(type: string, payload: unknown, record: Change["before"]): boolean {
  const ids = idsOf(payload);
  if (/^(CHANNEL|THREAD)_DELETE$/.test(type)) return ids.has(String(record?.channelId));
  return type === "GUILD_DELETE" && ids.has(String(record?.guildId));
}

/** Keys are `guild:member` and `guild:member:ulid`; hostile ids may hold colons themselves. */
function isSecondPart(key: string, sender: string): boolean {
  const rest = key.slice(key.indexOf(":") + 1);
  return rest === sender || rest.startsWith(`${sender}:`);
}

/** Whom Discord names as the sender. */
function sendersOf(payload: unknown): Set<string> {
  const named = [
    field(payload, "author", "id"),
    field(payload, "user_id"),
    field(payload, "user", "id"),
    field(payload, "member", "user", "id"),
  ];
  return new Set(named.filter(isId).map(String));
}

function idsOf(payload: unknown): Set<string> {
  const ids = field(payload, "ids");
  const all: unknown[] = [field(payload, "id"), ...(Array.isArray(ids) ? ids : [])];
  return new Set(all.filter(isId).map(String));
}

/** What else stands in an id's place names nobody, and may not even be made a text. */
function isId(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** Whatever Discord's menus allow: commands, buttons and menus alike. */
function mayManage(payload: unknown): boolean {
  try {
    return (BigInt(String(field(payload, "member", "permissions"))) & MANAGE) !== 0n;
  } catch {
    return false;
  }
}

function field(value: unknown, ...path: readonly string[]): unknown {
  let found: unknown = value;
  for (const name of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.getOwnPropertyDescriptor(found, name)?.value;
  }
  return found;
}
