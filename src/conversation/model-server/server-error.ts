/**
 * An error as a language model's server tells it, brought into one form. Every server has another:
 * an object or a text under `error`, a list, the error itself, FastAPI's `detail`. Knows what servers
 * write, and no member.
 */

export interface ServerError {
  readonly status: number;
  /** In the server's own words; each may be missing. */
  readonly code?: string;
  readonly type?: string;
  /** The field of the request that is at fault. */
  readonly param?: string;
  /** For recognising alone: servers quote the request in it, so it is never shown or logged. */
  readonly message: string;
  /** Whether it came as JSON, and not as a page or a line of text. */
  readonly isJson: boolean;
}

/** Of an error's words; what they quote of the request comes later than what they say. */
const MOST_CHARACTERS = 4_000;
const DEEPEST = 5;
/** Fields whose texts say what is wrong; others hold the request. */
const SAYING = new Set(
  "message msg error errors detail details reason reasons status code type error_type loc param innererror metadata inner_error raw title base_resp status_msg".split(
    " ",
  ),
);

/** What `body` (parsed JSON, or a text) says of an answer with `status`. */
export function readServerError(body: unknown, status: number): ServerError {
  const holder = firstObject(body);
  const error = firstObject(holder?.error) ?? firstObject(holder?.detail) ?? holder ?? {};
  const code = word(error.code) ?? word(holder?.code) ?? word(error.status);
  const type = word(error.type) ?? word(error.error_type) ?? word(holder?.error_type);
  const param = word(error.param) ?? fieldOf(error.loc);
  return {
    status,
    ...(code !== undefined && { code }),
    ...(type !== undefined && { type }),
    ...(param !== undefined && { param }),
    message: saidIn(body, DEEPEST).join(" ").slice(0, MOST_CHARACTERS),
    isJson: typeof body === "object" && body !== null,
  };
}

/** Whether `body` tells an error in place of an answer. */
export function tellsError(body: unknown): boolean {
  const holder = firstObject(body);
  if (holder === undefined || hasAnswer(holder)) return false;
  const { error, object, detail } = holder;
  if (error !== undefined && error !== null && error !== false && error !== "") return true;
  if (object === "error" || detail !== undefined || isFailed(holder)) return true;
  return choicesOf(holder).some(isBroken);
}

/** How servers say that they broke off, in place of a reason of the model's. */
const BROKEN_ENDS = /^(?:\w{0,20}error|insufficient_system_resource|abort(?:ed)?|cancell?ed)$/;

/** Whether a choice broke off, so that what it holds is no answer. */
export function isBroken(choice: unknown): boolean {
  const { error, finish_reason: end } = firstObject(choice) ?? {};
  return (
    (error !== undefined && error !== null) || (typeof end === "string" && BROKEN_ENDS.test(end))
  );
}

/** The error of the first choice that broke off, where the whole tells none. */
export function brokenChoice(body: unknown): unknown {
  const holder = firstObject(body) ?? {};
  return holder.error === undefined || holder.error === null
    ? choicesOf(holder).find(isBroken)
    : undefined;
}

/** The status that an error in a 200 stands for: its code, where that is one. */
export function statusInside(body: unknown): number | undefined {
  const holder = firstObject(body) ?? {};
  const error = firstObject(holder.error) ?? holder;
  const codes = [error.code, error.status, error.status_code, holder.code];
  return codes.map((code) => Number(word(code))).find((code) => code >= 400 && code <= 599);
}

/** Some have a status of their own in the body: `success`, and MiniMax a number that is 0 where all is well. */
function isFailed({ success, base_resp: own }: Record<string, unknown>): boolean {
  const code = firstObject(own)?.status_code;
  return success === false || (typeof code === "number" && code !== 0);
}

function hasAnswer(holder: Record<string, unknown>): boolean {
  return Array.isArray(holder.data) || choicesOf(holder).some((choice) => !isBroken(choice));
}

function choicesOf({ choices }: Record<string, unknown>): unknown[] {
  return Array.isArray(choices) ? choices : [];
}

function firstObject(value: unknown): Record<string, unknown> | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first !== "object" || first === null || Array.isArray(first)) return undefined;
  return first as Record<string, unknown>;
}

function word(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, 100) : undefined;
}

/** FastAPI says where in the request the fault is, as `["body", "temperature"]`. */
function fieldOf(loc: unknown): string | undefined {
  return Array.isArray(loc) ? word(loc.filter((step) => step !== "body")[0]) : undefined;
}

function saidIn(value: unknown, depth: number): string[] {
  if (typeof value === "string") return [value.slice(0, MOST_CHARACTERS)];
  if (typeof value !== "object" || value === null || depth === 0) return [];
  if (Array.isArray(value)) return value.slice(0, 20).flatMap((one) => saidIn(one, depth - 1));
  return Object.entries(value)
    .filter(([name]) => SAYING.has(name))
    .flatMap(([, one]) => saidIn(one, depth - 1));
}
