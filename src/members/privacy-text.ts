/** `/privacy`: what is kept, why, how long, who else sees it, and how to have it deleted. No Discord. */
import type { Config } from "../config.js";

type PrivacyFacts = Pick<
  Config,
  "openai" | "ballotDays" | "guildGraceDays" | "encryptionKey" | "minimumAccountDays"
>;

export function privacyText(config: PrivacyFacts): string {
  const days = `${config.ballotDays} days`;
  return [
    "**What is kept about you**, and only after your yes (`/profile consent`):",
    "• which of two of _my_ answers you liked better, as numbers about the answers, and the profile that follows from it: to choose among my answers to you, and to tell the language model how you like them. Until you delete it.",
    `• the two answers of a question, so that you can change your vote: ${config.encryptionKey === undefined ? `as long as the question is open, at most ${days}` : `encrypted, for ${days}`}.`,
    `• which scales tipped each reply and what was asked for, for “Why this answer?”: ${days}.`,
    "• what you have allowed, and how many questions you were asked today.",
    "Without a yes: how much you, the channel and the server have asked today, under a hash of the id with a secret of the day; for three days.",
    "**What is not kept**: what you write, your name, your attachments. A message is read to answer it.",
    `**Who else sees your messages**: ${serviceOf(config)}`,
    `**Training**: your votes help others only after a second yes, without your id, together with those of at least four other members. ${accountAge(config)}Your messages never train anything.`,
    `**Deletion**: \`/profile delete\`, here or by direct message, at once and everywhere. When I am removed from a server, its data are deleted after ${config.guildGraceDays} days. \`/profile export\` gives you everything as a file.`,
    "Problems and questions: `/report`, or the admins of this server.",
  ].join("\n");
}

/** Discord's ids say when an account was made, so nothing has to be kept for this. */
function accountAge({ minimumAccountDays: days }: PrivacyFacts): string {
  return days === 0 ? "" : `Votes of accounts younger than ${days} days wait until then. `;
}

function serviceOf({ openai }: PrivacyFacts): string {
  if (openai === undefined) {
    return "nobody. No language model is set up; answers come from a deck that came with me.";
  }
  const host = openai.baseUrl === undefined ? "api.openai.com" : new URL(openai.baseUrl).host;
  return `the language model \`${openai.model}\` at \`${host}\` gets the message that I answer and the replies that led to it, without your name or id. If you have allowed it, a few words on how you like answers go along, such as “Write about 60 words.”, without your id either; \`/profile view\` shows the very words, \`/profile adjust\` switches them off.`;
}
