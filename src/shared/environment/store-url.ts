/** The address of the store, as the environment gives it. config.ts reads it; this says what it may be. */
import { homedir } from "node:os";
import { z } from "zod";

/** `sqlite://` and a path; `~/` at its beginning is the home folder. */
export function storeUrl() {
  return z
    .string()
    .regex(
      /^sqlite:\/\/(?!:memory:).+/,
      "should be sqlite:// and a path, as sqlite://data/attune.sqlite",
    )
    .refine(
      (url) => !/[$%]\{?\w/.test(url),
      "should be a path without variables: write it out, or begin it with ~/",
    )
    .transform((url) => url.replace(/^sqlite:\/\/\/?~(?=[\\/])/, `sqlite://${homedir()}`))
    .default("sqlite://data/attune.sqlite");
}
