/**
 * What a server takes of a chat completion's request, and the request in that form. Knows no client:
 * how it is learned is elsewhere.
 */
import type {
  ChatCompletionCreateParams,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import { FEATURES, type Feature } from "./refusal-fields.js";

/** A turn of the conversation; user and assistant come by turns, the user first. */
export interface ChatTurn {
  readonly role: "user" | "assistant";
  readonly content: string;
  /** As data URLs. */
  readonly pictures?: readonly string[];
}

/** What is asked, whoever answers. */
export interface ChatQuestion {
  readonly instruction: string;
  /** The instruction to a model that sees none of the pictures. */
  readonly blindInstruction?: string;
  readonly turns: readonly ChatTurn[];
  /** How many answers are wanted in one request; one where not given. */
  readonly count?: number;
  /** The server's own where not given. */
  readonly temperature?: number;
  /** A smaller bound than the configured one, in tokens. */
  readonly mostOutput?: number;
  /** Whether the answer is to be sent while it is being written. */
  readonly stream?: boolean;
}

export interface Dialect {
  readonly takesPictures: boolean;
  readonly takesCount: boolean;
  /** Whether an answer may be sent while it is being written ... */
  readonly takesStream: boolean;
  /** ... and says at its end how many tokens it took. */
  readonly tellsStreamUsage: boolean;
  readonly takesTemperature: boolean;
  readonly hasSystemRole: boolean;
  /** The names of the output bound that may still be taken, the next one to try first. */
  readonly outputBounds: readonly OutputBound[];
  /** In tokens. */
  readonly largestOutput: number;
}

export type OutputBound = "max_tokens" | "max_completion_tokens";

/** Everything; the bound has the newer name at OpenAI alone. */
export function firstDialect(isOpenAI: boolean, largestOutput: number): Dialect {
  const outputBounds: OutputBound[] = ["max_tokens", "max_completion_tokens"];
  return {
    takesPictures: true,
    takesCount: true,
    takesStream: true,
    tellsStreamUsage: true,
    takesTemperature: true,
    hasSystemRole: true,
    outputBounds: isOpenAI ? outputBounds.reverse() : outputBounds,
    largestOutput,
  };
}

/** Whether a request for `question` in `dialect` has `feature` in it. */
export function uses(dialect: Dialect, question: ChatQuestion, feature: Feature): boolean {
  switch (feature) {
    case "pictures":
      return dialect.takesPictures && hasPictures(question);
    case "count":
      return dialect.takesCount && question.count !== undefined;
    case "stream":
      return streams(dialect, question);
    case "streamUsage":
      return streams(dialect, question) && dialect.tellsStreamUsage;
    case "temperature":
      return dialect.takesTemperature && question.temperature !== undefined;
    case "outputBound":
      return dialect.outputBounds.length > 0;
    case "systemRole":
      return dialect.hasSystemRole;
  }
}

function streams(dialect: Dialect, question: ChatQuestion): boolean {
  return dialect.takesStream && question.stream === true;
}

/** `dialect` without `feature`; the output bound has a second name before it is left out. */
export function without(dialect: Dialect, feature: Feature): Dialect {
  switch (feature) {
    case "pictures":
      return { ...dialect, takesPictures: false };
    case "count":
      return { ...dialect, takesCount: false };
    case "stream":
      return { ...dialect, takesStream: false };
    case "streamUsage":
      return { ...dialect, tellsStreamUsage: false };
    case "temperature":
      return { ...dialect, takesTemperature: false };
    case "outputBound":
      return { ...dialect, outputBounds: dialect.outputBounds.slice(1) };
    case "systemRole":
      return { ...dialect, hasSystemRole: false };
  }
}

/** The least that either of them takes. */
export function common(one: Dialect, other: Dialect): Dialect {
  const isShorter = one.outputBounds.length < other.outputBounds.length;
  return {
    takesPictures: one.takesPictures && other.takesPictures,
    takesCount: one.takesCount && other.takesCount,
    takesStream: one.takesStream && other.takesStream,
    tellsStreamUsage: one.tellsStreamUsage && other.tellsStreamUsage,
    takesTemperature: one.takesTemperature && other.takesTemperature,
    hasSystemRole: one.hasSystemRole && other.hasSystemRole,
    outputBounds: isShorter ? one.outputBounds : other.outputBounds,
    largestOutput: Math.min(one.largestOutput, other.largestOutput),
  };
}

/** What a server may refuse without saying what, one thing at a time, and then all of it. */
export function fewerFeatures(dialect: Dialect, question: ChatQuestion): Dialect[] {
  const used = FEATURES.filter((feature) => uses(dialect, question, feature));
  const single = used.map((feature) => without(dialect, feature));
  const nothing = { ...used.reduce(without, dialect), outputBounds: [] };
  return used.length === 0 ? [] : [...single, nothing];
}

/** How many tokens an answer to `question` may have. */
export function outputOf(dialect: Dialect, { mostOutput }: ChatQuestion): number {
  return Math.min(dialect.largestOutput, mostOutput ?? dialect.largestOutput);
}

/** The request for `question` to `model`. It says so if nothing is streamed: some servers do unless told. */
export function requestIn(
  dialect: Dialect,
  question: ChatQuestion,
  model: string,
): ChatCompletionCreateParams {
  const [bound] = dialect.outputBounds;
  return {
    model,
    messages: messagesIn(dialect, question),
    stream: uses(dialect, question, "stream"),
    ...(uses(dialect, question, "streamUsage") && { stream_options: { include_usage: true } }),
    ...(uses(dialect, question, "temperature") && { temperature: question.temperature! }),
    ...(uses(dialect, question, "count") && { n: question.count! }),
    ...(bound !== undefined && { [bound]: outputOf(dialect, question) }),
  };
}

/** Whether anything is to be looked at. */
export function hasPictures({ turns }: ChatQuestion): boolean {
  return turns.some(({ pictures = [] }) => pictures.length > 0);
}

/** `question` for whoever sees none of its pictures. */
export function blind(question: ChatQuestion): ChatQuestion {
  const { instruction, blindInstruction = instruction, turns } = question;
  return { ...question, instruction: blindInstruction, turns: turns.map(withoutPictures) };
}

/** Stands where there would be nothing: a turn without a word is none. */
const PICTURE_ALONE = "[picture]";

function withoutPictures({ role, content, pictures = [] }: ChatTurn): ChatTurn {
  return { role, content: content === "" && pictures.length > 0 ? PICTURE_ALONE : content };
}

/** Without a system role the instruction goes before the first member's words. */
function messagesIn(dialect: Dialect, question: ChatQuestion): ChatCompletionMessageParam[] {
  const { instruction, turns } = dialect.takesPictures ? question : blind(question);
  if (dialect.hasSystemRole) {
    return [{ role: "system", content: instruction }, ...turns.map(messageOf)];
  }
  const [first = { role: "user", content: "" } as const, ...rest] = turns;
  const content = `${instruction}\n\n---\n\n${first.content}`;
  return [{ ...first, content }, ...rest].map(messageOf);
}

/** A text where a text is enough: not every server takes parts. */
function messageOf({ role, content, pictures = [] }: ChatTurn): ChatCompletionMessageParam {
  if (role === "assistant" || pictures.length === 0) return { role, content };
  const text = content === "" ? [] : [{ type: "text" as const, text: content }];
  const images = pictures.map((url) => ({ type: "image_url" as const, image_url: { url } }));
  return { role, content: [...text, ...images] };
}
