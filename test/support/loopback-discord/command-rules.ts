/** What Discord refuses about an application's commands, and where it offers them. */
import { invalidForm } from "./rest-error.js";
import type { World } from "./world.js";

export const GUILD_INSTALL = 0;
export const USER_INSTALL = 1;

/** Where an interaction comes from: a server, direct messages with the bot, or others' direct messages. */
export const GUILD = 0;
export const BOT_DM = 1;
export const PRIVATE_CHANNEL = 2;

const MESSAGE = 3;
const MOST_OF_MESSAGE = 15;
const NAME_LIMIT = 32;
const DESCRIPTION_LIMIT = 100;
const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Throws {@link RestError} for commands that Discord would refuse. */
export function checkCommands(commands: readonly Record<string, unknown>[], world: World): void {
  const ofMessage = commands.filter(({ type }) => type === MESSAGE);
  if (ofMessage.length > MOST_OF_MESSAGE) throw invalidForm("too many message commands.");
  for (const command of commands) {
    const isMenu = command.type === MESSAGE;
    for (const name of namesOf(command)) {
      const fits = isMenu ? name.length <= NAME_LIMIT : SLASH_NAME.test(name);
      if (!fits || (!isMenu && name !== name.toLowerCase())) throw invalidForm(`name ${name}.`);
    }
    if (String(command.description ?? "").length > DESCRIPTION_LIMIT) {
      throw invalidForm("description must be 100 or fewer in length.");
    }
    const types = (command.integration_types ?? []) as number[];
    const { integration_types_config: allowed = { [USER_INSTALL]: {} } } = world.portal;
    if (types.includes(USER_INSTALL) && !(USER_INSTALL in (allowed as object))) {
      throw invalidForm("integration_types: the application does not support this one.");
    }
  }
}

function namesOf({ name, name_localizations: localised }: Record<string, unknown>): string[] {
  return [name, ...Object.values((localised ?? {}) as object)].map(String);
}

/** Whether Discord offers the command `name` in `context` to somebody who has it by one of `owners`. */
export function isOffered(
  world: World,
  name: string,
  context: number,
  owners: Readonly<Record<string, string>>,
): boolean {
  const command = world.commands.find((one) => one.name === name);
  if (command === undefined) return false;
  const types = (command.integration_types ?? [GUILD_INSTALL]) as number[];
  const contexts = command.contexts as number[] | undefined;
  const installed = types.some((type) => owners[type] !== undefined);
  return installed && (contexts === undefined || contexts.includes(context));
}
