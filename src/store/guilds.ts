/** Guild ids for the places that are no Discord server. No snowflake is this small. */

/** Direct messages: one profile for all of them. */
export const DIRECT_MESSAGES_GUILD = "0";

/** The playground in the terminal. Its feedback trains only the playground's own base rewards. */
export const PLAYGROUND_GUILD = "1";

/** The simulated members of the demonstration, begun anew on each run. */
export const DEMONSTRATION_GUILD = "2";

/** Whether a guild's feedback comes from Discord. */
export function isDiscordGuild(guildId: string): boolean {
  return guildId !== PLAYGROUND_GUILD && guildId !== DEMONSTRATION_GUILD;
}
