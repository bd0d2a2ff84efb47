/** The acknowledgement of a tap, which comes before anything is stored: Discord waits three seconds. */
import { type ButtonInteraction, MessageFlags } from "discord.js";
import { isAcknowledged, isTooLate } from "../gateway/discord-errors.js";

type Way = "update" | "reply";

/**
 * Tells Discord that a tap is being worked on, to change its message or to reply to it. False if Discord
 * has given up on the tap, and its member sees that it failed. Throws discord.js's error if Discord is
 * away.
 */
export async function acknowledge(interaction: ButtonInteraction, way: Way): Promise<boolean> {
  try {
    if (way === "update") await interaction.deferUpdate();
    else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    return true;
  } catch (error) {
    if (isAcknowledged(error)) {
      // It arrived and its receipt got lost, so discord.js does not know yet.
      interaction.deferred = true;
      return true;
    }
    if (!isTooLate(error)) throw error;
    return false;
  }
}
