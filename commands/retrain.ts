/** `/retrain`: train new base rewards now, see the progress, or let an earlier version answer again. */
import {
  ActionRowBuilder,
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
} from "discord.js";
import { nameOfVersion, STARTER_VERSION } from "../models/rewards/starter.js";
import type { Command, ComponentHandler } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import type { Say } from "../src/language/say.js";
import {
  UnknownModelVersionError,
  UnusableModelVersionError,
} from "../src/training/model-errors.js";
import { refusalText } from "../src/training/refusal-text.js";
import { progressText, reportText, tooSoonText, versionText } from "../src/training/report-text.js";
import { RetrainingInProgressError } from "../src/training/retraining.js";
import type { RetrainProgress } from "../workers/requests.js";

/** Discord allows five edits in five seconds; one every two seconds is enough to see progress. */
const PROGRESS_INTERVAL_MS = 2_000;
/** Discord's limit on the options of a menu, less one for the starter. */
const MOST_VERSIONS = 24;
const LABEL_LIMIT = 100;

type RetrainServices = Pick<CommandServices, "jobs" | "models" | "retrainTurn">;

export const retrainCommand: Command = {
  needs: { now: "owner", status: "owner", restore: "owner" },
  definition: new SlashCommandBuilder()
    .setName("retrain")
    .setDescription("The shared base rewards: learn them again, look at them, restore earlier ones")
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand((one) =>
      one.setName("now").setDescription("Learn from all votes now, instead of waiting"),
    )
    .addSubcommand((one) =>
      one.setName("status").setDescription("What is running, and how the last training ended"),
    )
    .addSubcommand((one) =>
      one.setName("restore").setDescription("Let an earlier version answer again"),
    )
    .toJSON(),

  async execute(interaction, services: RetrainServices, say) {
    const subcommand = interaction.options.getSubcommand();
    if (subcommand === "status") await interaction.editReply(await statusLines(services, say));
    else if (subcommand === "restore") await offerVersions(interaction, services, say);
    else await train(interaction, services, say);
  },
};

export const retrainComponents: ComponentHandler = {
  prefix: "retrain",
  ids: /^retrain:restore$/,
  needs: "owner",
  acknowledges: "update",
  async respond(interaction, { models, log }: Pick<CommandServices, "log" | "models">, say) {
    if (!interaction.isStringSelectMenu()) return;
    const [version = ""] = interaction.values;
    try {
      await models.restore(version);
    } catch (error) {
      const isGone =
        error instanceof UnknownModelVersionError || error instanceof UnusableModelVersionError;
      if (!isGone) throw error;
      await interaction.editReply({ content: say("training.notRestorable"), components: [] });
      return;
    }
    log.info({ event: "model.restored", version, guildId: interaction.guildId });
    await interaction.editReply({
      content: say("training.restored", { version }),
      components: [],
    });
  },
};

async function train(
  interaction: ChatInputCommandInteraction,
  { jobs, retrainTurn }: RetrainServices,
  say: Say,
): Promise<void> {
  const next = await retrainTurn.claim();
  if (next !== undefined) {
    await interaction.editReply(tooSoonText(next, say));
    return;
  }
  try {
    const report = await jobs.retrain(progressEdits(interaction, say));
    await interaction.editReply(reportText(report, say));
  } catch (error) {
    const refusal = refusalText(error, say);
    // The schedule's training takes nobody's turn.
    if (error instanceof RetrainingInProgressError) await retrainTurn.release();
    if (refusal === undefined) throw error;
    await interaction.editReply(refusal);
  }
}

async function statusLines({ jobs, models }: RetrainServices, say: Say): Promise<string> {
  const { progress, lastReport } = await jobs.training();
  const versions = await models.restorable();
  return [
    progress === undefined ? say("training.notRunning") : progressText(progress, say),
    say("training.stored", {
      version: nameOfVersion(models.current.version),
      versions: versions.length,
    }),
    lastReport === undefined
      ? say("training.noneYet")
      : say("training.last", { report: reportText(lastReport, say) }),
  ].join("\n");
}

async function offerVersions(
  interaction: ChatInputCommandInteraction,
  { models }: Pick<CommandServices, "models">,
  say: Say,
): Promise<void> {
  const versions = (await models.restorable()).reverse().slice(0, MOST_VERSIONS);
  const current = nameOfVersion(models.current.version);
  const menu = new StringSelectMenuBuilder()
    .setCustomId("retrain:restore")
    .setPlaceholder(say("training.now", { version: current }))
    .addOptions(
      ...versions.map((record) => ({
        label: versionText(record, say).slice(0, LABEL_LIMIT),
        value: record.version,
      })),
      { label: say("training.starter"), value: STARTER_VERSION },
    );
  await interaction.editReply({
    content: say("training.whichVersion"),
    components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)],
  });
}

/** Shows progress, once in {@link PROGRESS_INTERVAL_MS} at most. */
function progressEdits(
  interaction: ChatInputCommandInteraction,
  say: Say,
): (progress: RetrainProgress) => void {
  let editedAt = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - editedAt < PROGRESS_INTERVAL_MS) return;
    editedAt = now;
    // A progress line that does not arrive is no reason to end the training.
    interaction.editReply(progressText(progress, say)).catch(() => undefined);
  };
}
