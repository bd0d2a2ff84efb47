/** What a ballot looks like: one line of explanation and two embeds. No I/O. */
import { EmbedBuilder } from "discord.js";
import { truncateText } from "../chat/split-message.js";
import type { BallotDraft } from "../voting/ballots.js";
import { CHOICE_EMOJI } from "../voting/choices.js";

/** Discord's limits on one message's embeds. */
const DESCRIPTION_LIMIT = 4096;
const TOTAL_LIMIT = 6000;
const TITLES = ["A", "B"] as const;
const COLOURS = [0x3b82c4, 0xd98a29] as const;

const QUESTION = `Which answer do you like better? ${CHOICE_EMOJI.a} or ${CHOICE_EMOJI.b}, ${CHOICE_EMOJI.tie} equal, ${CHOICE_EMOJI.neither} neither.`;

/** The content and embeds of an open ballot. */
export function ballotContent(candidates: BallotDraft["candidates"]): {
  content: string;
  embeds: EmbedBuilder[];
} {
  const [limitA, limitB] = shareOut(
    candidates.map((candidate) => candidate.text.length) as [number, number],
  );
  const texts = [
    truncateText(candidates[0].text, limitA),
    truncateText(candidates[1].text, limitB),
  ];
  const embeds = texts.map((text, side) =>
    new EmbedBuilder().setTitle(TITLES[side]!).setColor(COLOURS[side]!).setDescription(text),
  );
  return { content: QUESTION, embeds };
}

/** Splits the total between the two texts: a short one leaves its rest to the other. */
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
