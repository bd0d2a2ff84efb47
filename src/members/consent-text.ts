/** The two questions of consent in plain words, and what is said to each answer. No Discord. */
import type { ConsentRecord } from "../store/records.js";

export const CONSENT_QUESTION = [
  "**May I learn which answers you like?**",
  "If you say yes, I will sometimes show you two answers, and keep which one you liked better, as numbers about _my_ two answers. From that I learn whether you like it short or long, casual or formal, and so on. I use it for two things, here: to choose among my answers to you, and to tell the language model how you like them.",
  "For that a few plain words go along with your messages to the language model's provider, such as “Write about 60 words.”, without your name or id. `/profile view` shows the very words, and each can be switched off.",
  "What you write is not kept and not learned from. `/profile` shows you everything, changes it, and deletes it, at any time.",
  "If you say no, I stay a plain chat bot, and I won't ask again.",
].join("\n");

/** For whoever has said yes to the question as it was before. */
export const RENEWED_QUESTION = [
  "**One more question, about something new.**",
  "You have allowed me to learn which answers you like, and to choose among mine by it. I can also tell the language model how you like them: a few plain words, such as “Write about 60 words.”, then go along with your messages to its provider, without your name or id. `/profile view` shows the very words, and each can be switched off.",
  "If you say no, everything stays as it was, and I won't ask again.",
].join("\n");

export const POOLED_QUESTION = [
  "Thank you! One more question, apart from the first; the answer is no unless you say yes.",
  "**May your votes also help to find out what tastes have in common?** They are then put together with those of at least four other members, without names or ids, to learn the scales that everybody is described on.",
].join("\n");

export const GRANTED = "Thank you, noted. `/profile` changes it at any time.";
export const REFUSED =
  "All right, I learn nothing about your taste, and I won't ask again. `/profile start` if you change your mind, `/profile delete` for what I had learned before.";
export const STEERED = "Thank you! `/profile view` shows what I say; `/profile adjust` changes it.";
export const NOT_STEERED =
  "All right, the language model hears nothing about your taste. `/profile consent` if you change your mind.";
export const POOLED_YES = "Your votes help everybody from the next training on. Thank you!";
export const POOLED_NO = "Your votes are used for your own profile alone.";
export const OUTDATED =
  "This question is out of date, so I changed nothing. `/profile consent` shows what you allow now.";
export const FOR_SOMEBODY_ELSE =
  "This question is for somebody else. Yours is behind `/profile start`.";

/** What somebody has allowed who has said yes. */
export function standingText({ state, pooled }: ConsentRecord, steered: boolean): string {
  return [
    state === "paused"
      ? "Your profile is **paused**: I use it for nothing and learn nothing."
      : "I may **learn your taste**, from your votes on my answers.",
    steered
      ? "In a few words without your name or id I may **tell the language model** how you like its answers."
      : "I tell the language model **nothing** about your taste.",
    pooled
      ? "Your votes may also **help everybody**, without your name or id."
      : "Your votes are used **for you alone**.",
    "If you stop the learning, what was learned is kept until `/profile delete`.",
  ].join("\n");
}
