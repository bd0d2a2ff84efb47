/** Why Discord gave no answer, and what to do about it. */
import { DiscordAPIError, HTTPError } from "discord.js";
import { type Finding, wrong } from "./finding.js";

export function discordProblem(topic: string, error: unknown): Finding {
  if (error instanceof DiscordAPIError && error.status === 401) {
    return wrong(
      topic,
      "Discord refuses the token.",
      "copy it again from https://discord.com/developers/applications (your application, Bot, Reset Token) into DISCORD_TOKEN.",
    );
  }
  if (error instanceof DiscordAPIError) {
    return wrong(topic, `Discord refuses it (${error.message}).`, "try again in a minute.");
  }
  if (error instanceof HTTPError) {
    return wrong(
      topic,
      `Discord answers with an error of its own (${error.status}).`,
      "see https://discordstatus.com, and try again later.",
    );
  }
  return wrong(
    topic,
    `Discord can't be reached (${reason(error)}).`,
    "check this machine's network, its firewall and DNS, and DISCORD_API_URL if it is set.",
  );
}

/** The code that the system gives, or the error's own words. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError" || error.name === "AbortError") return "no answer in time";
  const { code } = error as NodeJS.ErrnoException;
  return code ?? (error.cause === undefined ? error.message : reason(error.cause));
}
