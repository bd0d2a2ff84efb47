/** What a ballot looks like: one line of explanation, two embeds, four buttons. No I/O. */
import {
  ActionRowBuilder,
  type APIEmbed,
  ButtonBuilder,
  ButtonStyle,
  type Message,
} from "discord.js";
import type { BallotDraft } from "../../ballots/ballots.js";
import { CHOICE_EMOJI, CHOICES } from "../../ballots/choices.js";
import { truncateText } from "../../conversation/split-message.js";
import type { Say } from "../../language/say.js";
import { embeddable } from "../../safety/embed-text.js";

/** Discord's limits on one message's embeds. */
const DESCRIPTION_LIMIT = 4096;
const TOTAL_LIMIT = 6000;
const TITLES = ["A", "B"] as const;
const COLOURS = [0x3b82c4, 0xd98a29] as const;

/** Custom ids of a ballot's buttons: this, a colon, the choice. */
export const BALLOT_BUTTONS = "ballot";

/** The content, embeds and buttons of an open ballot. */
export function ballotContent(
  candidates: BallotDraft["candidates"],
  say: Say,
): {
  content: string;
  embeds: APIEmbed[];
  components: ActionRowBuilder<ButtonBuilder>[];
} {
  const embeds = answerEmbeds([candidates[0].text, candidates[1].text]);
  const content = say("ballots.question", CHOICE_EMOJI);
  return { content, embeds, components: [choiceButtons(BALLOT_BUTTONS, say)] };
}

/** Whether a message of the bot holds two answers side by side. */
export function isBallotMessage({ embeds }: Pick<Message, "embeds">): boolean {
  return embeds.length === TITLES.length && embeds.every(({ title }, at) => title === TITLES[at]);
}

/** Splits the total between the two texts: what a short one does not need goes to the other. */
function shareOut([lengthA, lengthB]: [number, number]): [number, number] {
  const total = TOTAL_LIMIT - TITLES.join("").length;
  const half = Math.floor(total / 2);
  const limitA = Math.max(half, total - lengthB);
  const limitB = Math.max(half, total - lengthA);
  return [
    Math.min(limitA, DESCRIPTION_LIMIT, Math.max(lengthA, 1)),
    Math.min(limitB, DESCRIPTION_LIMIT, Math.max(lengthB, 1)),
  ];
}

/** The two answers side by side, cut if they are too long for one message. */
export function answerEmbeds(texts: readonly [string, string]): APIEmbed[] {
  const [a, b] = [embeddable(texts[0]), embeddable(texts[1])];
  const [limitA, limitB] = shareOut([a.length, b.length]);
  const shown = [truncateText(a, limitA), truncateText(b, limitB)];
  return shown.map((description, side) => ({
    title: TITLES[side]!,
    color: COLOURS[side]!,
    description,
  }));
}

/** One button for each choice, with `prefix` before it in the custom id. */
export function choiceButtons(prefix: string, say: Say): ActionRowBuilder<ButtonBuilder> {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(
    CHOICES.map((choice) =>
      new ButtonBuilder()
        .setCustomId(`${prefix}:${choice}`)
        .setLabel(say(`ballots.${choice}`))
        .setStyle(choice === "a" || choice === "b" ? ButtonStyle.Primary : ButtonStyle.Secondary),
    ),
  );
}
