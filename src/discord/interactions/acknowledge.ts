/** The acknowledgement of a tap, which comes before anything is stored: Discord waits three seconds. */
import { type ButtonInteraction, MessageFlags } from "discord.js";
import { isAcknowledged, isTooLate } from "../gateway/discord-errors.js";

type Way = "update" | "reply";

/**
 * Tells Discord that a tap on `interaction` is being worked on, to change its message or to answer beside
 * it. False where Discord has given the tap up, and its member sees that it failed. Throws
 * discord.js's error where Discord is away.
 */
export async function acknowledge(interaction: ButtonInteraction, way: Way): Promise<boolean> {
  try {
    if (way === "update") await interaction.deferUpdate();
    else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    return true;
  } catch (error) {
    if (isAcknowledged(error)) {
      // It came through and its receipt got lost, so that discord.js does not know yet.
      interaction.deferred = true;
      return true;
    }
    if (!isTooLate(error)) throw error;
    return false;
  }
}
