/**
 * How the servers that people run differ from OpenAI's: what they refuse of a request, in which words
 * and in which form, and how their models write. One line in a test chooses one.
 */
import type { ChatRequest } from "./loopback-openai.js";

/** What is wrong, whoever tells it. */
interface Told {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
}

type Form = (told: Told) => unknown;

export interface ServerDialect {
  /** Fields of the request that it does not take. */
  readonly refuses?: readonly string[];
  readonly noSystemRole?: boolean;
  /** Sees no pictures, and says so in these words; `param` as OpenAI names it. */
  readonly noPictures?: string;
  readonly pictureParam?: string;
  /** Wants user and assistant by turns, the user first. */
  readonly alternates?: boolean;
  /** Sends one choice, however many are wanted. */
  readonly ignoresN?: boolean;
  /** Begins its answers with its thoughts; true: in `<think>`. */
  readonly thinksAloud?: boolean | ((answer: string) => string);
  /** Refuses without saying what. */
  readonly isSilent?: boolean;
  /** Of its refusals; 400 where not given. */
  readonly status?: number;
  /** How it tells an error; as OpenAI where not given. */
  readonly form?: Form;
}

const openai: Form = ({ message, type, code, param }) => ({
  error: { message, type, param, code },
});
const flat: Form = ({ status, message, type, param }) => ({
  ...{ object: "error", message, type, param, code: status },
});

/** By the name of the server. */
export const DIALECTS = {
  openai: {
    noPictures: "Invalid content type. image_url is only supported by certain models.",
    pictureParam: "messages.[1].content.[1].type",
    refuses: ["max_tokens", "temperature"],
    form: openai,
  },
  azure: {
    refuses: ["max_tokens"],
    form: ({ message, code }) => ({ error: { code: code ?? "400", message } }),
  },
  openrouter: {
    noPictures: "No endpoints found that support image input",
    ignoresN: true,
    form: ({ status, message }) => ({ error: { message, code: status, metadata: {} } }),
  },
  groq: { noPictures: "messages[1].content must be a string", refuses: ["n"], form: openai },
  mistral: {
    noPictures: "Image input is not enabled for this model",
    refuses: ["max_completion_tokens"],
    alternates: true,
    status: 422,
    form: ({ message, param }) => ({
      object: "error",
      message: { detail: [{ type: "extra_forbidden", loc: ["body", param], msg: message }] },
    }),
  },
  gemini: {
    refuses: ["n"],
    form: ({ status, message }) => [
      { error: { code: status, message, status: "INVALID_ARGUMENT" } },
    ],
  },
  xai: {
    noPictures: "Image inputs are not supported by this model.",
    refuses: ["n"],
    form: ({ message }) => ({ code: "Client specified an invalid argument", error: message }),
  },
  deepseek: {
    noPictures:
      "Failed to deserialize the JSON body into the target type: messages[1]: unknown variant `image_url`, expected `text` at line 1 column 690",
    alternates: true,
    ignoresN: true,
    thinksAloud: true,
    form: openai,
  },
  ollama: {
    noPictures: "this model does not support image input",
    ignoresN: true,
    thinksAloud: true,
    form: openai,
  },
  "llama.cpp": {
    noPictures:
      "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj",
    alternates: true,
    noSystemRole: true,
    status: 500,
    form: ({ status, message }) => ({
      error: { code: status, message: `Jinja Exception: ${message}`, type: "server_error" },
    }),
  },
  vllm: {
    noPictures: "loopback is not a multimodal model",
    alternates: true,
    noSystemRole: true,
    thinksAloud: true,
    form: flat,
  },
  "lm studio": {
    noPictures: "Model does not support images. Please use a model that does.",
    ignoresN: true,
    alternates: true,
    form: ({ message }) => ({ error: message }),
  },
  localai: {
    noPictures: "image input is not supported by this server",
    ignoresN: true,
    noSystemRole: true,
    status: 500,
    form: ({ status, message }) => ({ error: { code: status, message, type: "" } }),
  },
  tgi: {
    noPictures: "invalid type: sequence, expected a string at line 1 column 181",
    refuses: ["n"],
    alternates: true,
    status: 422,
    form: ({ message }) => ({
      error: `Template error: ${message}`,
      error_type: "template_error",
    }),
  },
  koboldcpp: {
    ignoresN: true,
    form: ({ message, type }) => ({ detail: { msg: message, type } }),
  },
  /** Nothing that a bot would like, and not a word about what. */
  stubborn: {
    noPictures: "anything",
    refuses: ["temperature"],
    alternates: true,
    noSystemRole: true,
    ignoresN: true,
    thinksAloud: true,
    isSilent: true,
  },
} satisfies Record<string, ServerDialect>;

export type DialectName = keyof typeof DIALECTS;

/** The dialect by that name, or `given` itself; nothing special where none is given. */
export function dialectOf(given: DialectName | ServerDialect | undefined): ServerDialect {
  return typeof given === "string" ? DIALECTS[given] : (given ?? {});
}

/** The status and the body with which a server refuses `request`; undefined where it takes it. */
export function refusalIn(
  dialect: ServerDialect,
  request: ChatRequest,
): { readonly status: number; readonly body: unknown } | undefined {
  const { status = 400, form = openai, isSilent = false } = dialect;
  const wrong = wrongIn(dialect, request);
  if (wrong === undefined) return undefined;
  const told = { status, type: "invalid_request_error", code: null, ...wrong };
  const silent = { ...told, message: "Invalid request.", param: null };
  return { status, body: form(isSilent ? silent : told) };
}

function wrongIn(
  { refuses = [], noSystemRole = false, alternates = false, ...pictures }: ServerDialect,
  request: ChatRequest,
): Pick<Told, "message" | "param"> | undefined {
  const sent = request as unknown as Readonly<Record<string, unknown>>;
  // What is switched off is not asked for.
  const field = refuses.find((name) => (sent[name] ?? false) !== false);
  if (field !== undefined) {
    return { message: `Argument not supported on this model: ${field}`, param: field };
  }
  const { noPictures, pictureParam = null } = pictures;
  if (noPictures !== undefined && request.messages.some((one) => one.pictures !== undefined)) {
    return { message: noPictures, param: pictureParam };
  }
  const roles = request.messages.map(({ role }) => role);
  if (noSystemRole && roles.includes("system")) {
    return { message: "System role not supported", param: null };
  }
  const turns = roles[0] === "system" ? roles.slice(1) : roles;
  const isFine = turns.every((role, at) => role === (at % 2 === 0 ? "user" : "assistant"));
  const message = "Conversation roles must alternate user/assistant/user/assistant/...";
  return alternates && !isFine ? { message, param: null } : undefined;
}

/** `answer` as a model of this dialect writes it. */
export function writtenIn({ thinksAloud = false }: ServerDialect, answer: string): string {
  if (typeof thinksAloud === "function") return thinksAloud(answer);
  if (!thinksAloud) return answer;
  return `<think>\nThe member wants an answer. SECRET THOUGHTS come first.\n</think>\n\n${answer}`;
}
