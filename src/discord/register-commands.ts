/** Makes Discord's list of the bot's commands equal to ours. */
import {
  type APIApplication,
  type ClientApplication,
  REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from "discord.js";

type Definitions = readonly RESTPostAPIChatInputApplicationCommandsJSONBody[];

/** Registers the commands where Discord's list differs from `definitions`. Returns whether it did. */
export async function registerWhenChanged(
  application: ClientApplication,
  definitions: Definitions,
): Promise<boolean> {
  const registered = await application.commands.fetch();
  const unchanged =
    registered.size === definitions.length &&
    definitions.every((definition) =>
      registered.some((command) => command.equals(definition as never)),
    );
  if (!unchanged) await application.commands.set([...definitions]);
  return !unchanged;
}

/** Registers the commands with the token alone, no gateway needed. Returns the application's name. */
export async function registerCommands(
  token: string,
  apiUrl: string,
  definitions: Definitions,
): Promise<string> {
  const rest = new REST({ version: "10", api: apiUrl.replace(/\/+$/, "") }).setToken(token);
  const application = (await rest.get(Routes.currentApplication())) as APIApplication;
  await rest.put(Routes.applicationCommands(application.id), { body: definitions });
  return application.name;
}
