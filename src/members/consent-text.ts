/** The two questions of consent in plain words, and the reply to each answer. No Discord. */
import type { ConsentRecord } from "../store/records.js";

export const CONSENT_QUESTION = [
  "**May I learn which answers you like?**",
  "If you say yes, I will sometimes show you two answers and remember which one you liked better, as numbers about _my_ two answers. From that I learn whether you like answers short or long, casual or formal, and so on. I use it for one thing only: to choose among my answers to you, here.",
  "I don't store what you write, and I don't learn from it. With `/profile` you can see, change and delete everything at any time.",
  "If you say no, I stay a plain chat bot and won't ask again.",
].join("\n");

export const POOLED_QUESTION = [
  "Thank you! One more question, separate from the first; the answer is no unless you say yes.",
  "**May I also use your votes to find out what people's tastes have in common?** I would combine them with the votes of at least four other members, without names or ids, to learn the scales on which I describe everybody's taste.",
].join("\n");

export const GRANTED = "Thank you! You can change your mind at any time with `/profile`.";
export const REFUSED =
  "All right: I won't learn your taste, and I won't ask again. If you change your mind, use `/profile start`. To delete what I learned before, use `/profile delete`.";
export const POOLED_YES = "Thank you! From the next training on, your votes help everybody.";
export const POOLED_NO = "I use your votes for your own profile only.";
export const OUTDATED =
  "This question is out of date, so I changed nothing. `/profile consent` shows what you allow now.";
export const FOR_SOMEBODY_ELSE =
  "This question is for somebody else. For your own, use `/profile start`.";

/** What a member who said yes allows. */
export function standingText({ state, pooled }: ConsentRecord): string {
  return [
    state === "paused"
      ? "Your profile is **paused**: I don't use it, and I learn nothing new."
      : "I may **learn your taste** from your votes on my answers.",
    pooled
      ? "Your votes may also **help everybody**, without your name or id."
      : "I use your votes **only for you**.",
    "If you stop the learning, I keep what I have learned until you use `/profile delete`.",
  ].join("\n");
}
