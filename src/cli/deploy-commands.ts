/** `npm run deploy-commands`: registers the slash commands without starting the bot. */
import { COMMANDS } from "../../commands/all.js";
import { loadEnvironment, readConfig } from "../config.js";
import { registerCommands } from "../discord/gateway/register-commands.js";
import { definitionsOf } from "../discord/interactions/command-definitions.js";

try {
  const { discord, userInstall } = readConfig(loadEnvironment());
  if (discord === undefined)
    throw new Error("DISCORD_TOKEN is not set: put your bot's token into .env.");
  const definitions = definitionsOf(COMMANDS);
  const { token, apiUrl } = discord;
  const { name, forUsers } = await registerCommands(token, apiUrl, definitions, userInstall);
  const where = forUsers ? "on servers, and for members who take them along" : "on servers";
  console.log(`Registered ${definitions.length} commands for ${name}, ${where}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
