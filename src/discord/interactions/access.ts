/** Who may do what: commands, buttons and menus say what they need, and only this decides. */
import { type BaseInteraction, PermissionFlagsBits } from "discord.js";
import type { Owners } from "./owners.js";

/**
 * Who may call something: any member; those who may manage the server; or the owners of the bot, if it
 * affects all servers or shows their figures.
 */
export type Needs = "member" | "manageServer" | "owner";

export interface Access {
  readonly needs: Needs;
  /** True if it makes no sense in direct messages. */
  readonly serverOnly: boolean;
}

const SERVERS_ONLY = "That works only on a server, not in direct messages.";
const NOT_ON_SERVER = "I am not on this server, so there is nothing here that I can change.";
const MANAGERS_ONLY = "That is for those who may manage this server: it needs Manage Server.";
const OWNERS_ONLY =
  "That acts on every server that I am on, so it belongs to those who run me: the owner or the team of the application.";

/** Why `interaction` is refused, in one sentence; undefined if it may go on. */
export async function refusalOf(
  interaction: BaseInteraction,
  { needs, serverOnly }: Access,
  owners: Owners,
): Promise<string | undefined> {
  const isDirect = interaction.guildId === null;
  if (isDirect && (serverOnly || needs === "manageServer")) return SERVERS_ONLY;
  if (needs === "manageServer") return refusalOfManager(interaction);
  if (needs === "owner" && !(await owners.include(interaction.user.id))) return OWNERS_ONLY;
  return undefined;
}

/** Discord sends the member's permissions with each interaction; the default in its menus is no lock. */
function refusalOfManager({
  client,
  guildId,
  memberPermissions,
}: BaseInteraction): string | undefined {
  if (!client.guilds.cache.has(guildId ?? "")) return NOT_ON_SERVER;
  return memberPermissions?.has(PermissionFlagsBits.ManageGuild) ? undefined : MANAGERS_ONLY;
}
