/**
 * Reads files line by line, plain or gzipped, never as a whole. Knows JSON lines; nothing of what
 * they mean.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import { DatasetError } from "./dataset-error.js";

/** How much of a stage is done, 0 to 1. */
export type Progress = (done: number) => void;

/** Refuses the line that is being read. */
export type Refuse = (problem: string) => never;

/** Passes each chunk of `file`, unpacked. Throws {@link DatasetError}. */
export async function forEachChunk(
  file: string,
  visit: (chunk: Buffer) => void,
  onProgress: Progress,
): Promise<void> {
  try {
    const { size } = await stat(file);
    const stream = createReadStream(file);
    const consume = async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) {
        visit(chunk);
        onProgress(Math.min(1, stream.bytesRead / Math.max(1, size)));
      }
    };
    if (file.endsWith(".gz")) await pipeline(stream, createGunzip(), consume);
    else await pipeline(stream, consume);
  } catch (cause) {
    throw cause instanceof DatasetError ? cause : readingFailed(file, cause);
  }
}

/** Passes each line of `file` that is not empty, with its number from 1. */
export async function forEachLine(
  file: string,
  visit: (line: string, number: number) => void,
  onProgress: Progress,
): Promise<void> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let number = 0;
  const visitLine = (line: string) => {
    number++;
    const text = number === 1 ? line.replace(/^\uFEFF/, "") : line;
    if (text.trim() !== "") visit(text, number);
  };
  const read = (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop()!;
    for (const line of lines) visitLine(line);
  };
  await forEachChunk(file, read, onProgress);
  visitLine(rest + decoder.end());
}

/** Passes each line of a JSON-lines file as `schema` reads it. Throws {@link DatasetError}. */
export function forEachRecord<Record>(
  file: string,
  schema: z.ZodType<Record>,
  visit: (record: Record, refuse: Refuse) => void,
  onProgress: Progress,
): Promise<void> {
  const visitLine = (line: string, number: number) => {
    const refuse: Refuse = (problem) => {
      throw new DatasetError(file, number, problem);
    };
    visit(check(schema, parse(line, file, number), refuse), refuse);
  };
  return forEachLine(file, visitLine, onProgress);
}

function parse(line: string, file: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new DatasetError(
      file,
      number,
      "this line is no JSON: write one complete JSON object per line.",
      cause,
    );
  }
}

/** `value` as `schema` reads it, or what is wrong with it in one line. */
export function check<Value>(schema: z.ZodType<Value>, value: unknown, refuse: Refuse): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `${path.length > 0 ? `"${path.join(".")}": ` : ""}${message}`,
  );
  return refuse(`${problems.join("; ")}. See docs/evaluation-data.md for the format.`);
}

function readingFailed(file: string, cause: unknown): DatasetError {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  const problem = code.startsWith("Z_")
    ? "the file can't be unpacked: it is no complete gzip file; make it again, or give it a name without .gz."
    : code === "ENOENT"
      ? "the file is missing: put it there, or name it in meta.json."
      : `the file can't be read (${code || cause}).`;
  return new DatasetError(file, undefined, problem, cause);
}
