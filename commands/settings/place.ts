/** `/settings persona` and `/settings model`: how the bot appears on the server, or in one channel. */
import {
  ActionRowBuilder,
  type ChatInputCommandInteraction,
  LabelBuilder,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import type {
  ComponentHandler,
  ComponentInteraction,
} from "../../src/discord/interactions/command.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import type { PlaceStyleChange } from "../../src/guilds/guild-settings.js";
import { LONGEST_PERSONA, MOST_PLACES, TooManyPlacesError } from "../../src/guilds/places.js";
import type { Say } from "../../src/language/say.js";
import { WHOLE_SERVER } from "../../src/store/records.js";

const FIELD = "persona";
/** No name of a model begins like this: names have no blanks. */
const DEFAULT = "the default";
/** Discord's bounds for what stands above and in a field. */
const LONGEST_LABEL = 45;
const LONGEST_HINT = 100;

type PlaceServices = Pick<CommandServices, "config" | "guildSettings">;

/** Opens the form with the present persona in it. */
export async function askPersona(
  interaction: ChatInputCommandInteraction,
  { guildSettings }: PlaceServices,
  say: Say,
): Promise<void> {
  const key = interaction.options.getChannel("channel")?.id ?? WHOLE_SERVER;
  const { places } = await guildSettings.get(interaction.guildId);
  const words = new TextInputBuilder()
    .setCustomId(FIELD)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(LONGEST_PERSONA)
    .setPlaceholder(say("places.personaHint").slice(0, LONGEST_HINT))
    .setValue(places?.[key]?.persona ?? "")
    .setRequired(false);
  const channel = interaction.options.getChannel("channel")?.name;
  const place = channel == null ? say("places.wholeServer") : `#${channel}`;
  const label = new LabelBuilder()
    .setLabel(say("places.personaLabel", { place }).slice(0, LONGEST_LABEL))
    .setTextInputComponent(words);
  const form = new ModalBuilder()
    .setCustomId(`place:persona:${key}`)
    .setTitle(say("places.personaTitle"))
    .addLabelComponents(label);
  await interaction.showModal(form);
}

/** Asks which of the allowed models is to answer. */
export async function askModel(
  interaction: ChatInputCommandInteraction,
  { config, guildSettings }: PlaceServices,
  say: Say,
): Promise<void> {
  const { openai } = config;
  if (openai === undefined || openai.otherModels.length === 0) {
    const text = openai === undefined ? say("places.noModel") : say("places.oneModel", openai);
    await interaction.editReply(text);
    return;
  }
  const key = interaction.options.getChannel("channel")?.id ?? WHOLE_SERVER;
  const { places } = await guildSettings.get(interaction.guildId);
  const chosen = places?.[key]?.model ?? DEFAULT;
  const models = [DEFAULT, ...openai.otherModels];
  const menu = new StringSelectMenuBuilder().setCustomId(`place:model:${key}`).addOptions(
    models.map((model) => ({
      label: model === DEFAULT ? say("places.modelDefault", openai) : model,
      value: model,
      default: model === chosen,
    })),
  );
  await interaction.editReply({
    content: say("places.modelQuestion", { place: placeName(key, say) }),
    components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)],
  });
}

export const placeComponents: ComponentHandler = {
  prefix: "place",
  ids: /^place:(?:persona|model):(?:server|\d{15,20})$/,
  needs: "manageServer",
  acknowledges: "reply",
  async respond(interaction, services: PlaceServices, say) {
    await interaction.editReply(await changed(interaction, services, say));
  },
};

/** Changes what the form or the menu says. Returns what to say to that. */
async function changed(
  interaction: ComponentInteraction,
  services: PlaceServices,
  say: Say,
): Promise<string> {
  const [, , key = WHOLE_SERVER] = interaction.customId.split(":");
  const isOwn =
    key === WHOLE_SERVER || (await interaction.guild!.channels.fetch()).get(key) !== undefined;
  if (!isOwn) return say("settings.foreignChannel");
  const place = placeName(key, say);
  if (interaction.isModalSubmit()) {
    const words = interaction.fields.getTextInputValue(FIELD).trim().slice(0, LONGEST_PERSONA);
    const persona = words === "" ? undefined : words;
    const text = say(persona === undefined ? "places.personaGone" : "places.personaSet", { place });
    return change(interaction.guildId!, key, { persona }, services, { say, text });
  }
  const { openai } = services.config;
  const model = interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
  if (openai === undefined || model === undefined) return say("places.modelNotAllowed");
  if (model === DEFAULT) {
    const text = say("places.modelSet", { model: openai.model, place });
    return change(interaction.guildId!, key, { model: undefined }, services, { say, text });
  }
  if (!openai.otherModels.includes(model)) return say("places.modelNotAllowed");
  const text = say("places.modelSet", { model, place });
  return change(interaction.guildId!, key, { model }, services, { say, text });
}

/** Returns `text`, or why nothing was changed. */
async function change(
  guildId: string,
  key: string,
  style: PlaceStyleChange,
  { guildSettings }: PlaceServices,
  { say, text }: { readonly say: Say; readonly text: string },
): Promise<string> {
  try {
    await guildSettings.changePlace(guildId, key, style);
    return text;
  } catch (error) {
    if (!(error instanceof TooManyPlacesError)) throw error;
    return say("places.tooMany", { most: MOST_PLACES });
  }
}

function placeName(key: string, say: Say): string {
  return key === WHOLE_SERVER ? say("places.wholeServer") : `<#${key}>`;
}
