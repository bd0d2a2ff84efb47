/** Makes Discord's list of the bot's commands equal to ours. */
import {
  type APIApplication,
  ApplicationIntegrationType,
  type ClientApplication,
  REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from "discord.js";
import type { UserInstall } from "../../config.js";
import { offered } from "../interactions/reach.js";

/** Without it Discord leaves the names and descriptions in other languages out of its list. */
const WITH_WORDS = new URLSearchParams({ with_localizations: "true" });

type Definitions = readonly RESTPostAPIApplicationCommandsJSONBody[];

/** What a registration has done. */
export interface Registration {
  /** False if Discord's list was the same already. */
  readonly isNew: boolean;
  /** Whether members may take the commands along as their own app. */
  readonly forUsers: boolean;
}

/**
 * Registers the commands if Discord's list differs from `definitions`, or can't be read. Members may
 * take them along where `userInstall` and the application's page at Discord allow it. Throws
 * discord.js's error if Discord refuses them.
 */
export async function registerWhenChanged(
  application: ClientApplication,
  all: Definitions,
  userInstall: UserInstall,
): Promise<Registration> {
  const { rest } = application.client;
  const route = Routes.applicationCommands(application.id);
  const forUsers = userInstall !== "off" && (await allowsUsers(rest));
  const definitions = offered(all, forUsers);
  // If the list can't be read, the registration fails as well and says why.
  const registered = await rest.get(route, { query: WITH_WORDS }).catch(() => undefined);
  if (areRegistered(definitions, registered)) return { isNew: false, forUsers };
  await rest.put(route, { body: definitions });
  return { isNew: true, forUsers };
}

/** Commands that the application's page does not allow for users would be refused, all of them. */
async function allowsUsers(rest: Pick<REST, "get">): Promise<boolean> {
  const application = await rest.get(Routes.currentApplication()).catch(() => undefined);
  return isForUsers(application as Partial<APIApplication> | undefined);
}

function isForUsers(application: Partial<APIApplication> | undefined): boolean {
  const ways = application?.integration_types_config ?? {};
  return ways[ApplicationIntegrationType.UserInstall] !== undefined;
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

/** Registers the commands with only the token, without the gateway. Returns the application's name too. */
export async function registerCommands(
  token: string,
  apiUrl: string,
  definitions: Definitions,
  userInstall: UserInstall,
): Promise<Registration & { readonly name: string }> {
  const rest = new REST({ version: "10", api: apiUrl }).setToken(token);
  const application = (await rest.get(Routes.currentApplication())) as APIApplication;
  const forUsers = userInstall !== "off" && isForUsers(application);
  const body = offered(definitions, forUsers);
  await rest.put(Routes.applicationCommands(application.id), { body });
  return { name: application.name, isNew: true, forUsers };
}
