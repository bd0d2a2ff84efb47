/** The two questions of consent in plain words, and what is said to each answer. No Discord. */
import type { ConsentRecord } from "../store/records.js";

export const CONSENT_QUESTION = [
  "**May I learn which answers you like?**",
  "If you say yes, I will sometimes show you two answers, and keep which one you liked better, as numbers about _my_ two answers. From that I learn whether you like it short or long, casual or formal, and so on. I use it for one thing: to choose among my answers to you, here.",
  "What you write is not kept and not learned from. `/profile` shows you everything, changes it, and deletes it, at any time.",
  "If you say no, I stay a plain chat bot, and I won't ask again.",
].join("\n");

export const POOLED_QUESTION = [
  "Thank you! One more question, apart from the first; the answer is no unless you say yes.",
  "**May your votes also help to find out what tastes have in common?** They are then put together with those of at least four other members, without names or ids, to learn the scales that everybody is described on.",
].join("\n");

export const GRANTED = "Thank you, noted. `/profile` changes it at any time.";
export const REFUSED =
  "All right, I learn nothing about your taste, and I won't ask again. `/profile start` if you change your mind, `/profile delete` for what I had learned before.";
export const POOLED_YES = "Your votes help everybody from the next training on. Thank you!";
export const POOLED_NO = "Your votes are used for your own profile alone.";
export const OUTDATED =
  "This question is out of date, so I changed nothing. `/profile consent` shows what you allow now.";
export const FOR_SOMEBODY_ELSE =
  "This question is for somebody else. Yours is behind `/profile start`.";

/** What somebody has allowed who has said yes. */
export function standingText({ state, pooled }: ConsentRecord): string {
  return [
    state === "paused"
      ? "Your profile is **paused**: I use it for nothing and learn nothing."
      : "I may **learn your taste**, from your votes on my answers.",
    pooled
      ? "Your votes may also **help everybody**, without your name or id."
      : "Your votes are used **for you alone**.",
    "If you stop the learning, what was learned is kept until `/profile delete`.",
  ].join("\n");
}
