/** Who may do what: commands, buttons and menus say what they need, and only this decides. */
import { type BaseInteraction, PermissionFlagsBits } from "discord.js";
import type { Say } from "../../language/say.js";
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

/** Why `interaction` is refused, in one sentence; undefined if it may go on. */
export async function refusalOf(
  interaction: BaseInteraction,
  { needs, serverOnly }: Access,
  owners: Owners,
  say: Say,
): Promise<string | undefined> {
  const isDirect = interaction.guildId === null;
  if (isDirect && (serverOnly || needs === "manageServer")) return say("interactions.serversOnly");
  if (needs === "manageServer") return refusalOfManager(interaction, say);
  if (needs === "owner" && !(await owners.include(interaction.user.id))) {
    return say("interactions.ownersOnly");
  }
  return undefined;
}

/** Discord sends the member's permissions with each interaction; the default in its menus is no lock. */
function refusalOfManager(
  { client, guildId, memberPermissions }: BaseInteraction,
  say: Say,
): string | undefined {
  if (!client.guilds.cache.has(guildId ?? "")) return say("interactions.notOnServer");
  const mayManage = memberPermissions?.has(PermissionFlagsBits.ManageGuild);
  return mayManage ? undefined : say("interactions.managersOnly");
}
