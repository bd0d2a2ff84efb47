/**
 * Which part of a request a server's refusal names: by its `param`, else by words. What is named is
 * left out and asked again, and only what then works is learned.
 */
import type { ServerError } from "./server-error.js";

/** What not every server takes. */
export type Feature =
  | "pictures"
  | "count"
  | "streamUsage"
  | "stream"
  | "temperature"
  | "outputBound"
  | "systemRole";

/** In the order in which they are tried. */
export const FEATURES: readonly Feature[] = [
  "pictures",
  "count",
  "streamUsage",
  "stream",
  "temperature",
  "outputBound",
  "systemRole",
];

const PARAMS: Readonly<Record<Feature, RegExp>> = {
  pictures: /^messages\b.{0,40}\bcontent\b.{0,20}\btype$/i,
  count: /^(?:n|best_of|candidate_?count)$/i,
  streamUsage: /^stream_?options\b/i,
  stream: /^stream$/i,
  temperature: /^temperature$/i,
  outputBound: /^max_?(?:completion_|output_|new_)?tokens$/i,
  systemRole: /^messages\W{0,2}0\W{0,2}role$/i,
};

const WORDS: Readonly<Record<Feature, RegExp>> = {
  pictures:
    /image_url\W{0,3}(?:is|are) only supported|unknown variant \W?image_url|\bnot? (?:a )?(?:multi-?modal|vision)|(?:not|n['’]t|cannot) (?:\w{1,12} ){0,2}(?:support|accept|process|handle|take)s?(?:ing)? (?:\w{1,12} )?(?:images?|vision|multi-?modal)\b|\bimages?(?: inputs?| content| urls?)? (?:is|are) not (?:\w{1,12} )?(?:supported|enabled|allowed|accepted|available)|endpoints found that support image|at most 0 images?|content must be a string|invalid type: sequence, expected a string|untagged enum \w{0,40}content|input should be ['‘]text['’]|data required for image input|provide the mmproj|(?:images?|they) requires? vision/i,
  count:
    /(?:^|[^\w'’\\])['"`]?n['"`]?(?=[^\w'’]|$)|candidate_?count|(?:multiple|one|single|more than one|number of)\s(?:\w{1,20}\s)?(?:candidate|completion|choice)s?/i,
  streamUsage: /\bstream_?options\b|\binclude_usage\b/i,
  stream: /\bstream(?:ing|ed)?\b/i,
  temperature: /\btemperature\b/i,
  outputBound: /\bmax_?(?:completion_?|output_?|new_?)?tokens\b/i,
  systemRole:
    /\bsystem['"`]?\s(?:role|message|prompt|instruction)|\broles?\b[^.]{0,80}\bsystem\b|\bgot ['"`]?system\b|['"`]system['"`] with this|developer instruction|\bsystem\b[^.]{0,40}\bnot (?:supported|allowed|enabled)/i,
};

/** The features that `error` names, the surest first. */
export function fieldsNamed({ status, param, message }: ServerError): Feature[] {
  if (!mayRefuseFields(status)) return [];
  const byParam = FEATURES.filter((feature) => param !== undefined && PARAMS[feature].test(param));
  if (byParam.length > 0) return byParam;
  return FEATURES.filter((feature) => WORDS[feature].test(message));
}

/** Whether `error` is about the pictures that were sent, and not about pictures as such. */
export function isAboutThesePictures({ code, message }: ServerError): boolean {
  return BAD_PICTURE.test(`${code ?? ""} ${message}`);
}

const BAD_PICTURE =
  /(?:invalid|unsupported|corrupt(?:ed)?|malformed|bad|broken)[ _](?:\w{1,12}[ _]){0,2}(?:image|base64|picture)|(?:image|picture)s?[ _](?:\w{1,12}[ _]){0,3}(?:too[ _](?:large|big|small|many)|invalid|corrupt|exceed|dimensions?\b|parse[ _]error)|(?:failed|unable|could not|cannot|can['’]t) (?:to )?(?:load|decode|process|download|open|identify|read|parse)[^.]{0,30}(?:image|picture)|too many images|at most [1-9]\d{0,2} images?/i;

/** A bad request, or an error of the server's own over what it does not know. */
export function mayRefuseFields(status: number | undefined): boolean {
  return status !== undefined && [400, 404, 405, 422, 500, 501].includes(status);
}

/** The largest output that a refusal of the output bound says is taken; undefined where it is not about its size. */
export function largestOutputNamed(message: string, asked: number): number | undefined {
  if (!TOO_LARGE.test(message)) return undefined;
  const numbers = [...message.matchAll(/\d{2,7}/g)].map(([digits]) => Number(digits));
  const told = Math.max(...numbers.filter((number) => number < asked && number >= 64), 0);
  return told > 0 ? told : Math.floor(asked / 2);
}

const TOO_LARGE =
  /\bmax_?(?:completion_?|output_?|new_?)?tokens\b[^.]{0,120}(?:too (?:large|big|high)|at most|less than|exceed|<=|range|maximum|up to)/i;
