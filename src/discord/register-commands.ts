/** Makes Discord's list of the bot's commands equal to ours. */
import {
  type APIApplication,
  type ClientApplication,
  REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from "discord.js";

type Definitions = readonly RESTPostAPIApplicationCommandsJSONBody[];

/** Registers the commands where Discord's list differs from `definitions`. Returns whether it did. */
export async function registerWhenChanged(
  application: ClientApplication,
  definitions: Definitions,
): Promise<boolean> {
  const { rest } = application.client;
  const route = Routes.applicationCommands(application.id);
  const registered = (await rest.get(route)) as unknown[];
  const unchanged =
    registered.length === definitions.length &&
    definitions.every((definition) => registered.some((command) => agrees(command, definition)));
  if (!unchanged) await rest.put(route, { body: definitions });
  return !unchanged;
}

/** Whether `given` says all that `wanted` says; Discord adds ids, versions and defaults to it. */
function agrees(given: unknown, wanted: unknown): boolean {
  if (wanted === undefined || wanted === null) return true;
  if (typeof wanted !== "object") return given === wanted;
  if (Array.isArray(wanted)) {
    const list = Array.isArray(given) ? given : [];
    return list.length === wanted.length && wanted.every((item, at) => agrees(list[at], item));
  }
  if (typeof given !== "object" || given === null) return false;
  return Object.entries(wanted).every(([key, value]) =>
    agrees((given as Record<string, unknown>)[key], value),
  );
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
