/** The two questions of consent in plain words, and the reply to each answer. No Discord. */
import type { ConsentRecord } from "../store/records.js";

export const CONSENT_QUESTION = [
  "**May I learn which answers you like?**",
  "If you say yes, I will sometimes show you two answers and remember which one you liked better, as numbers about _my_ two answers. From that I learn whether you like answers short or long, casual or formal, and so on. I use it for two things, here: to choose among my answers to you, and to tell the language model how you like them.",
  "To tell it, I send a few plain words along with your messages to the language model's provider, such as “Write about 60 words.”, without your name or id. `/profile view` shows the exact words, and you can switch each of them off.",
  "I don't store what you write, and I don't learn from it. With `/profile` you can see, change and delete everything at any time.",
  "If you say no, I stay a plain chat bot and won't ask again.",
].join("\n");

/** For whoever has said yes to the question as it was before. */
export const RENEWED_QUESTION = [
  "**One more question, about something new.**",
  "You have allowed me to learn which answers you like, and to choose among mine by it. I can also tell the language model how you like them: a few plain words, such as “Write about 60 words.”, then go along with your messages to its provider, without your name or id. `/profile view` shows the very words, and each can be switched off.",
  "If you say no, everything stays as it was, and I won't ask again.",
].join("\n");

export const POOLED_QUESTION = [
  "Thank you! One more question, separate from the first; the answer is no unless you say yes.",
  "**May I also use your votes to find out what people's tastes have in common?** I would combine them with the votes of at least four other members, without names or ids, to learn the scales on which I describe everybody's taste.",
].join("\n");

export const GRANTED = "Thank you! You can change your mind at any time with `/profile`.";
export const REFUSED =
  "All right: I won't learn your taste, and I won't ask again. If you change your mind, use `/profile start`. To delete what I learned before, use `/profile delete`.";
export const STEERED = "Thank you! `/profile view` shows what I say; `/profile adjust` changes it.";
export const NOT_STEERED =
  "All right, the language model hears nothing about your taste. `/profile consent` if you change your mind.";
export const POOLED_YES = "Thank you! From the next training on, your votes help everybody.";
export const POOLED_NO = "I use your votes for your own profile only.";
export const OUTDATED =
  "This question is out of date, so I changed nothing. `/profile consent` shows what you allow now.";
export const FOR_SOMEBODY_ELSE =
  "This question is for somebody else. For your own, use `/profile start`.";

/** What a member who said yes allows. */
export function standingText({ state, pooled }: ConsentRecord, steered: boolean): string {
  return [
    state === "paused"
      ? "Your profile is **paused**: I don't use it, and I learn nothing new."
      : "I may **learn your taste** from your votes on my answers.",
    steered
      ? "I may **tell the language model** how you like its answers, in a few words without your name or id."
      : "I tell the language model **nothing** about your taste.",
    pooled
      ? "Your votes may also **help everybody**, without your name or id."
      : "I use your votes **only for you**.",
    "If you stop the learning, I keep what I have learned until you use `/profile delete`.",
  ].join("\n");
}
