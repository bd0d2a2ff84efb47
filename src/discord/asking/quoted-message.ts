/** What a member asks in a form or an option, and the message that it is about: quoted, as data. */
import type { Message } from "discord.js";
import { visibleText } from "../../safety/visible-text.js";
import { isBallotMessage } from "../ballots/ballot-content.js";
import type { UnreadTurn } from "../enclosures/enclosure-reader.js";
import { contentOf, withoutIds } from "../messages/addressing.js";
import { requestIn } from "../messages/message-parts.js";

/** Above the quoted message, for the language model. */
const ABOUT = "The message that this is about:";

/** A member's words without ids and invisible characters. */
export function spoken(text: string): string {
  return withoutIds(visibleText(text)).trim();
}

/** What can be read in `message`, at once and later, and what can't. Nothing says who wrote it. */
export function quoted(message: Message, botId: string): UnreadTurn {
  if (message.author?.id === botId) {
    const text = isBallotMessage(message)
      ? message.embeds.map(({ description }) => description ?? "").join("\n\n")
      : contentOf(message);
    return { role: "bot", text: spoken(text) };
  }
  const { text, unseen, enclosures } = requestIn(message, botId);
  // Even the caller's own voice is what is asked about here, and no question.
  const handedOn = enclosures.map((one) => ({ ...one, isForwarded: true }));
  return {
    role: "member",
    text,
    ...(unseen.length > 0 && { unseen }),
    ...(handedOn.length > 0 && { enclosures: handedOn }),
  };
}

/** The question with the message below it, each line of which is marked as quoted. */
export function questionAbout(about: UnreadTurn, question: string): UnreadTurn {
  const { text, unseen, enclosures } = about;
  const lines = text.split(LINE_ENDS).map((line) => `> ${line}`);
  const quotation = text === "" ? [] : ["", ABOUT, ...lines];
  return {
    role: "member",
    text: [question, ...quotation].join("\n"),
    ...(unseen !== undefined && { unseen }),
    ...(enclosures !== undefined && { enclosures }),
  };
}

const LINE_ENDS = /\r\n|[\n\r\u2028\u2029]/;
