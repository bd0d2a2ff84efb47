/** `/privacy`: what is stored, why, how long, who else sees it, and how to delete it. No Discord. */
import type { Config } from "../config.js";

type PrivacyFacts = Pick<
  Config,
  "openai" | "ballotDays" | "guildGraceDays" | "encryptionKey" | "minimumAccountDays"
>;

export function privacyText(config: PrivacyFacts): string {
  const days = `${config.ballotDays} days`;
  return [
    "**What I store about you**, and only after you said yes (`/profile consent`):",
    "• which of two of _my_ answers you liked better, as numbers about the answers, and the profile that follows from it: to choose among my answers to you, and to tell the language model how you like them. Until you delete it.",
    `• the two answers of a question, so that you can change your vote: ${config.encryptionKey === undefined ? `while the question is open, for at most ${days}` : `encrypted, for ${days}`}.`,
    `• which scales decided the choice of each reply and what was asked for, for “Why this answer?”: for ${days}.`,
    "• what you allow, and how many questions I asked you today.",
    "Even without your yes: how much you, the channel and the server have used today, under a scrambled form of the id; for three days.",
    "**What I don't store**: what you write, your name, your attachments. I read a message only to answer it.",
    `**Who else sees your messages**: ${serviceOf(config)}`,
    `**Training**: I use your votes for others only after a second yes, without your id, and combined with the votes of at least four other members. ${accountAge(config)}Your messages never train anything.`,
    `**Deletion**: \`/profile delete\` deletes at once, on this server or everywhere; it works in direct messages too. When I am removed from a server, I delete its data after ${config.guildGraceDays} days. \`/profile export\` gives you everything as a file.`,
    "Problems and questions: `/report`, or the admins of this server.",
  ].join("\n");
}

/** Discord's ids say when an account was made, so nothing has to be stored for this. */
function accountAge({ minimumAccountDays: days }: PrivacyFacts): string {
  return days === 0
    ? ""
    : `Votes of accounts younger than ${days} days wait until the account is old enough. `;
}

function serviceOf({ openai }: PrivacyFacts): string {
  if (openai === undefined) {
    return "nobody. No language model is set up; my answers come from a ready-made collection.";
  }
  const host = openai.baseUrl === undefined ? "api.openai.com" : new URL(openai.baseUrl).host;
  return `the language model \`${openai.model}\` at \`${host}\` gets the message that I answer and the replies that led to it, without your name or id. If you have allowed it, a few words on how you like answers go along, such as “Write about 60 words.”, without your id either; \`/profile view\` shows the very words, \`/profile adjust\` switches them off.`;
}
