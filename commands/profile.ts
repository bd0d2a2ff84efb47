/** `/profile`: what the bot has learned about a member's taste, and all that the member can do about it. */
import { SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import type { Command, ComponentHandler } from "../src/discord/interactions/command.js";
import { EITHER_WAY, EVERYWHERE } from "../src/discord/interactions/reach.js";
import { adjust, respondToAdjusting } from "./profile/adjust.js";
import { calibrate } from "./profile/calibrate.js";
import { askBeforeDeletion, askBeforeReset, respondToDeletion } from "./profile/deletion.js";
import { exportProfile } from "./profile/export.js";
import { consent, pause, start } from "./profile/stance.js";
import { undo } from "./profile/undo.js";
import { view } from "./profile/view.js";

const SUBCOMMANDS = new Map<string, NonNullable<Command["execute"]>>([
  ["view", view],
  ["calibrate", calibrate],
  ["adjust", adjust],
  ["undo", undo],
  ["pause", pause],
  ["start", start],
  ["consent", consent],
  ["reset", askBeforeReset],
  ["export", exportProfile],
  ["delete", askBeforeDeletion],
]);

export const profileCommand: Command = {
  needs: {
    view: "member",
    calibrate: "member",
    adjust: "member",
    undo: "member",
    pause: "member",
    start: "member",
    consent: "member",
    reset: "member",
    export: "member",
    delete: "member",
  },
  definition: new SlashCommandBuilder()
    .setName("profile")
    .setDescription("Your taste in answers, as the bot has learned it")
    .setIntegrationTypes(...EITHER_WAY)
    .setContexts(...EVERYWHERE)
    .addSubcommand((one) =>
      one.setName("view").setDescription("A picture of your taste; only you see it"),
    )
    .addSubcommand((one) =>
      one.setName("calibrate").setDescription("Ten quick questions, one tap each"),
    )
    .addSubcommand((one) =>
      one
        .setName("adjust")
        .setDescription("Say what you would like more of, and what the language model may hear"),
    )
    .addSubcommand((one) => one.setName("undo").setDescription("Take your last vote back"))
    .addSubcommand((one) =>
      one.setName("pause").setDescription("Plain answers and no questions; nothing is deleted"),
    )
    .addSubcommand((one) =>
      one.setName("start").setDescription("Let the bot learn your taste, or go on after a pause"),
    )
    .addSubcommand((one) =>
      one.setName("consent").setDescription("What you have allowed, and how to change it"),
    )
    .addSubcommand((one) =>
      one.setName("reset").setDescription("Delete your weights and votes here and start again"),
    )
    .addSubcommand((one) =>
      one
        .setName("export")
        .setDescription("Everything that is stored about you, as a file")
        .addStringOption((option) => whereOption(option)),
    )
    .addSubcommand((one) =>
      one
        .setName("delete")
        .setDescription("Delete everything that is stored about you, at once")
        .addStringOption((option) => whereOption(option)),
    )
    .toJSON(),

  async execute(interaction, services, say) {
    await SUBCOMMANDS.get(interaction.options.getSubcommand())?.(interaction, services, say);
  },
};

export const profileComponents: ComponentHandler = {
  prefix: "profile",
  ids: /^profile:(?:nudge|told|undo-nudge(?::[0-9A-Z]{26})?|speed:(?:on|off)|reset|delete-here|delete-everywhere|keep)$/,
  needs: "member",
  acknowledges: "update",
  async respond(interaction, services, say) {
    if (/^profile:(?:told|speed|(?:undo-)?nudge)/.test(interaction.customId)) {
      await respondToAdjusting(interaction, services, say);
    } else if (interaction.isButton()) await respondToDeletion(interaction, services, say);
  },
};

function whereOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName("where")
    .setDescription("Everywhere, unless you choose")
    .addChoices(
      { name: "everywhere: all servers and direct messages", value: "everywhere" },
      { name: "only here", value: "here" },
    );
}
