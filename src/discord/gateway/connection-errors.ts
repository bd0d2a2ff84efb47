/** Why there is no connection to Discord: the login failed, or Discord has closed it for good. */
import { type Client, Events, GatewayCloseCodes, RESTEvents } from "discord.js";

const ADVICE: Readonly<Partial<Record<number, string>>> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    "it refuses the token, which may have been reset: check DISCORD_TOKEN, and put the current one there",
  [GatewayCloseCodes.ShardingRequired]:
    "the bot is on more servers than its shards may serve, 2,500 each: set SHARD_COUNT=auto, or a higher number for every process",
  [GatewayCloseCodes.InvalidShard]: "it knows no such shard: check SHARDS and SHARD_COUNT",
  [GatewayCloseCodes.DisallowedIntents]:
    "it does not allow the intents that the bot asks for: look at the application's page under Bot",
};
const UNAUTHORISED = 401;

/** The bot could not log in. `cause` is the error of Discord or of the network. */
export class LoginError extends Error {
  override readonly name = "LoginError";

  constructor(apiUrl: string, cause: unknown, closed: DiscordClosedError | undefined) {
    const advice =
      closed?.advice ?? "check DISCORD_TOKEN, DISCORD_API_URL and the network, then start again.";
    super(`Could not log in to Discord at ${apiUrl}: ${advice}`, { cause });
  }
}

/** Discord has ended the connection, and would refuse a new one. */
export class DiscordClosedError extends Error {
  override readonly name = "DiscordClosedError";

  /** What happened and what to do, to be read after a colon. */
  readonly advice: string;

  constructor(readonly code: number) {
    super(`Discord has closed the connection for good (${code}): ${adviceOn(code)}`);
    this.advice = adviceOn(code);
  }
}

function adviceOn(code: number): string {
  const advice = ADVICE[code] ?? "update Attune, and check whether Discord has changed something";
  return `${advice}, then start again.`;
}

/** Resolves when Discord has ended the connection for good; a connection that merely broke is made again. */
export function closedForGood(client: Client): Promise<DiscordClosedError> {
  return new Promise((resolve) => {
    client.on(Events.ShardDisconnect, ({ code }) => resolve(new DiscordClosedError(code)));
    // After this answer discord.js has forgotten the token, and nothing can be sent any more.
    client.rest.on(RESTEvents.Response, ({ data }, { status }) => {
      if (status !== UNAUTHORISED || !data.auth) return;
      resolve(new DiscordClosedError(GatewayCloseCodes.AuthenticationFailed));
    });
  });
}
