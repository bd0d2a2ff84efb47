/**
 * What an error of a language model's server means: one classification for all servers, by status,
 * code and type, and by a few well-known words where a server has nothing better.
 */
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import type { GenerationFailure } from "../candidates/failure-sentences.js";
import { GenerationFailedError } from "../candidates/generation-error.js";
import { fieldsNamed, isAboutThesePictures, mayRefuseFields } from "./refusal-fields.js";
import { LONGEST_PAUSE_MS, retryAfterMs } from "./retry-after.js";
import type { ServerError } from "./server-error.js";

/** The code of the error that stands for an answer that was too large to read. */
export const TOO_LARGE = "answer_too_large";
/** The code of the error that stands for an address that leads to another host. */
export const REDIRECTED = "redirected_elsewhere";

/** What an error of the openai client means. */
export function failureOf(error: unknown): GenerationFailure {
  if (error instanceof GenerationFailedError) return error.kind;
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) {
    return "timeout";
  }
  if (error instanceof APIConnectionError) return "unavailable";
  const told = serverErrorOf(error);
  return told === undefined ? "unavailable" : failureOfServer(told);
}

/** What the server said, where `error` is an answer of a server. */
export function serverErrorOf(error: unknown): ServerError | undefined {
  if (!(error instanceof APIError) || error.status === undefined) return undefined;
  const { status, code, type, param, error: body } = error;
  const { message } = (body ?? {}) as { message?: unknown };
  return {
    status,
    ...(code != null && { code: String(code) }),
    ...(type != null && { type: String(type) }),
    ...(param != null && { param: String(param) }),
    message: String(message ?? ""),
    isJson: body !== undefined,
  };
}

/** What `error` means. */
export function failureOfServer(error: ServerError): GenerationFailure {
  // Before the codes: one server has the same for pictures and for what is too long.
  if (fieldsNamed(error)[0] === "pictures") return "refused";
  const names = `${error.code ?? ""} ${error.type ?? ""}`;
  const known = CODES.find(([, codes]) => codes.test(names));
  if (known !== undefined) return known[0];
  if (error.status === 405 || (error.status === 404 && isMisplaced(error))) return "badAddress";
  if (/^model$/i.test(error.param ?? "")) return "unknownModel";
  // Before other words: "`temperature` is deprecated for this model" is about no model.
  if (!TOO_LONG.test(error.message) && isRefusal(error)) return "refused";
  return failureOfWords(error) ?? failureOfStatus(error);
}

/** Whether it names what it does not take: the messages, or another part of the request. */
function isRefusal(error: ServerError): boolean {
  if (mayRefuseFields(error.status) && isAboutThesePictures(error)) return true;
  return /^messages$/i.test(error.param ?? "") || fieldsNamed(error).length > 0;
}

/** How long the server asked to be left alone, where that is longer than a try or two. Milliseconds. */
export function pauseWanted(error: unknown, now: number): number | undefined {
  if (error instanceof GenerationFailedError) {
    return error.retryAt === undefined ? undefined : error.retryAt - now;
  }
  const headers = error instanceof APIError ? error.headers : undefined;
  const wait = headers && retryAfterMs(headers, now);
  return wait !== undefined && wait > LONGEST_PAUSE_MS ? wait : undefined;
}

/** Codes and types that mean one thing wherever they come from. */
const CODES: readonly (readonly [GenerationFailure, RegExp])[] = [
  ["tooLarge", new RegExp(`\\b${TOO_LARGE}\\b`)],
  ["badAddress", new RegExp(`\\b${REDIRECTED}\\b`)],
  [
    "filtered",
    /content_?(?:filter|policy)|responsibleai|moderation|safety_check|data_?inspection|prohibited_content|blocklist/i,
  ],
  [
    "quota",
    /insufficient_(?:user_)?(?:quota|balance|credits|funds)|billing_|out_of_credits|quota_exhausted|exceeded_current_quota|budget_exceeded|arrearage|payment_required/i,
  ],
  [
    "tooLong",
    /context_length|exceed_context|string_above_max|request_too_large|prompt_too_long|input_too_long|\b3051\b/i,
  ],
  [
    "unknownModel",
    /model_?not_?(?:found|exist|available|supported)|model_decommissioned|(?:invalid|unknown|unsupported|unavailable)_model|deploymentnotfound|model_not_found_error/i,
  ],
  [
    "badKey",
    /invalid_?api_?key|token_not_found|authentication_?error|invalid_authentication|unauthenticated|\bunauthorized\b/i,
  ],
  [
    "noAccess",
    /unsupported_country|organization_(?:restricted|deactivated)|account_deactivated|ip_not_authorized/i,
  ],
];

const TOO_LONG =
  /maximum (?:context|prompt|input)|range of input length|context (?:length|size|window)|(?:prompt|input|request|conversation|messages?)(?: is| are)? too (?:long|large)|(?:request|entity|payload|prompt) too large|too many (?:input |prompt )?tokens|too large for (?:the )?model|reduce the length|larger context|keep the first \d|n_keep|n_ctx|inputs?.? must have less than|inputs?.? tokens? \+|token count[^.]{0,60}exceed|tokens[^.]{0,60}(?:exceeds?|exceeded) (?:the |this )?(?:model|max|limit|context)|(?:prompt|input)[^.]{0,60}(?:exceeds?|longer than)[^.]{0,40}(?:max|limit|context|length|tokens)|context[^.]{0,20}overflow|context.?window.?exceed|exceeded (?:the )?model (?:token )?limit|max_seq_len|超长/i;

const LIMITED = /rate.?limit|too many (?:concurrent )?requests|requests? (?:per|a) minute|throttl/i;

/** In this order: what comes first is the surest. */
const WORDS: readonly (readonly [GenerationFailure, RegExp])[] = [
  [
    "filtered",
    /content (?:management|exists risk)|content.?(?:filter|policy)|\bflagged\b|\bmoderat(?:ed|ion|or)|violat(?:es?|ing|ion)\b[^.]{0,60}(?:polic|guideline|terms|rules)|usage guidelines|inappropriate content|safety (?:system|check|filter|setting)|data inspection|prohibited.content|(?:blocked|rejected) (?:by|due|because)[^.]{0,60}(?:safety|security|filter|polic|guardrail|risk)|new_sensitive|sensitive content|敏感/i,
  ],
  [
    "badKey",
    /(?:invalid|incorrect|wrong|missing|expired|no|bad|revoked|valid)\s(?:\w{1,12}\s){0,2}(?:x-)?api.?(?:key|token)|api.?key\b[^.]{0,40}(?:invalid|incorrect|not valid|not found|missing|expired|required|disabled|provided)|\bauth(?:entication|orization)? (?:fails?|failed|failure|credentials?|required|token|header)|(?:invalid|no|missing|bad) (?:\w{1,12}\s)?(?:credentials?|access token|bearer|auth)|invalid subscription key|\bunauthori[sz]ed\b|not authenticated|user not found|^\W*invalid token\b|(?:security|proxy server) token\b|unregistered callers|key was reported|auth(?:entication|orization)? error|authentication method|令牌/i,
  ],
  [
    "quota",
    /insufficient (?:account )?(?:balance|credits?|quota|funds)|(?:current|monthly|free) quota|credit balance|out of credits|(?:more|no|any|available|all|remaining) credits|spending limit|check your plan|payment required|unpaid|key limit exceeded|balance is (?:insufficient|too low|not enough)|(?:not enough|no) balance|quota is not enough|budget (?:has been exceeded|limit reached)|(?:余额|额度)不足/i,
  ],
  [
    "noAccess",
    /(?:country|region|location|territory)[^.]{0,40}(?:not|un)\s?(?:supported|available)|(?:account|organi[sz]ation|project)[^.]{0,40}(?:suspended|deactivated|disabled|restricted|banned)|ip address[^.]{0,40}not|has been suspended|virtual network|firewall rules|network settings|has not been used in project/i,
  ],
  [
    "unknownModel",
    /\bmodels?\b[^.]{0,40}\b(?:not (?:be )?(?:found|exist|available|loaded|valid)|unknown|unavailable|decommissioned|retired|no longer)|\bmodel\b.{0,120}(?:does ?n[o']t exist|not exist|not found|has been (?:decommissioned|deprecated|retired)|no longer (?:supported|available)|do(?:es)? not have access|is not supported\b(?!.{0,20}parameter))|(?:invalid|unknown|unsupported|no such|not a valid|unrecognized|failed to load|could not load) (?:the )?model|no models? (?:is |are )?(?:loaded|found)|pulling it first|no endpoints found|deployment[^.]{0,60}not exist|unavailable model|unexpected model name|model identifier is invalid|with the specified model|does not support chat|llm provider not provided|inference handler|模型不存在/i,
  ],
  ["unavailable", /model (?:has )?(?:crashed|unloaded)/i],
];

function failureOfWords({ status, message }: ServerError): GenerationFailure | undefined {
  // Limits speak of tokens and quotas too, and pass by themselves.
  if (status === 429 && /too large|must be reduced/i.test(message)) return "tooLong";
  if (status !== 429 && TOO_LONG.test(message)) return "tooLong";
  const known = WORDS.find(([, words]) => words.test(message))?.[0];
  if (status === 429) {
    const isSpent = known === "quota" && !/retry in|per (?:minute|day)/i.test(message);
    return isSpent ? "quota" : "rateLimited";
  }
  // What names a kind of its own is no matter of the key.
  if (status === 401) return known === "filtered" || known === undefined ? "badKey" : known;
  if (status === 503) return undefined;
  if (known !== undefined) return known;
  if (LIMITED.test(message)) return "rateLimited";
  if (MISPLACED.test(message) && status !== 404) return "badAddress";
  return TURNS.test(message) ? "refused" : undefined;
}

/** How conversations are to be built, in the words of chat templates: no outage, whatever the status. */
const TURNS =
  /roles? must alternate|alternat(?:e|ing)\b[^.]{0,40}(?:roles?|user)|(?:consecutive|successive)[^.]{0,40}(?:messages?|roles?|user)|jinja|template error|chat.?template|(?:first|last) message[^.]{0,60}(?:user|assistant)|value is not callable|at row \d+, column/i;

const MISPLACED =
  /unexpected endpoint|invalid url|unknown (?:request )?(?:url|endpoint|path|route)|no (?:such )?route|cannot post|resource not found|method not allowed|file not found|page not found|unrecognized request url/i;

/** Words of a 404 that tell no more than its name. */
const NAMES_OF_404 = new Set(["error", "not", "found", "not_found_error"]);

/** Whether a 404 is about the path: a page, or no word of a model. */
function isMisplaced({ isJson, message }: ServerError): boolean {
  if (/model|deployment|endpoints found/i.test(message)) return MISPLACED.test(message);
  const words = message.toLowerCase().match(/[a-z_]{1,40}/g) ?? [];
  return !isJson || MISPLACED.test(message) || words.every((word) => NAMES_OF_404.has(word));
}

function failureOfStatus({ status, isJson }: ServerError): GenerationFailure {
  if (status === 429) return "rateLimited";
  if (status === 401) return "badKey";
  if (status === 402) return "quota";
  // A page is no answer of a model's server, but of a wall before it.
  if (status === 403) return isJson ? "forbidden" : "noAccess";
  if (status === 404) return "unknownModel";
  if (status === 413) return "tooLong";
  // For legal reasons.
  if (status === 451) return "filtered";
  return status === 400 || status === 422 ? "refused" : "unavailable";
}
