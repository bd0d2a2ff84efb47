/** A profile as a message: the picture with its alternative text, and the words below it. */
import { AttachmentBuilder, type BaseInteraction, type Locale } from "discord.js";
import { splitMessage } from "../../conversation/split-message.js";
import type { GuildSettings } from "../../guilds/guild-settings.js";
import type { Say } from "../../language/say.js";
import { deckLanguageFor } from "../../members/calibration/deck-library.js";
import type { ProfileCards } from "../../members/profile-cards.js";
import { cardText, profileAltText } from "../../members/profile-text.js";
import { profilePicture } from "../../pictures/profile-picture.js";
import { renderPng } from "../../pictures/render.js";
import type { MemberKey } from "../../store/records.js";

/** Discord's limit on an attachment's description. */
const ALT_LIMIT = 1024;

export interface ProfileMessageParts {
  readonly profileCards: ProfileCards;
}

/** `intro` comes before the words. */
export async function profileMessage(
  member: MemberKey,
  language: string,
  { profileCards }: ProfileMessageParts,
  say: Say,
  intro = "",
) {
  const card = await profileCards.card(member, language);
  const words = cardText(card, say);
  const [content = ""] = splitMessage(intro === "" ? words : `${intro}\n${words}`);
  // A picture would show everybody's mean as this member's taste.
  if (card.view.agree) return { content, embeds: [], components: [], files: [] };
  const picture = new AttachmentBuilder(await renderPng(profilePicture(card.view, say)))
    .setName("profile.png")
    .setDescription(profileAltText(card.view, say).slice(0, ALT_LIMIT));
  return { content, embeds: [], components: [], files: [picture] };
}

/** The deck's language for the caller: their own, the server's, or English. */
export async function languageOf(
  interaction: BaseInteraction & { readonly locale: Locale },
  { guildSettings }: { readonly guildSettings: GuildSettings },
): Promise<string> {
  const { language } = await guildSettings.get(interaction.guildId);
  return deckLanguageFor(interaction.locale, language);
}
