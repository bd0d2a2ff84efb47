/** Makes Discord's list of the bot's commands equal to ours. */
import {
  type APIApplication,
  type ClientApplication,
  REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from "discord.js";

/** Without it Discord leaves the names and descriptions in other languages out of its list. */
const WITH_WORDS = new URLSearchParams({ with_localizations: "true" });

type Definitions = readonly RESTPostAPIApplicationCommandsJSONBody[];

/**
 * Registers the commands if Discord's list differs from `definitions`, or can't be read. Returns
 * whether it did. Throws discord.js's error if Discord refuses them.
 */
export async function registerWhenChanged(
  application: ClientApplication,
  definitions: Definitions,
): Promise<boolean> {
  const { rest } = application.client;
  const route = Routes.applicationCommands(application.id);
  // If the list can't be read, the registration fails as well and says why.
  const registered = await rest.get(route, { query: WITH_WORDS }).catch(() => undefined);
  if (areRegistered(definitions, registered)) return false;
  await rest.put(route, { body: definitions });
  return true;
}

function areRegistered(definitions: Definitions, registered: unknown): boolean {
  if (!Array.isArray(registered) || registered.length !== definitions.length) return false;
  return definitions.every((definition) =>
    registered.some((command) => agrees(command, definition)),
  );
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

/** Registers the commands with only the token, without the gateway. Returns the application's name. */
export async function registerCommands(
  token: string,
  apiUrl: string,
  definitions: Definitions,
): Promise<string> {
  const rest = new REST({ version: "10", api: apiUrl }).setToken(token);
  const application = (await rest.get(Routes.currentApplication())) as APIApplication;
  await rest.put(Routes.applicationCommands(application.id), { body: definitions });
  return application.name;
}
