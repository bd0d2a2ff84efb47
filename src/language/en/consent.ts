/** The questions of consent, and the reply to each answer. */
export const CONSENT = {
  question:
    "**May I learn which answers you like?**\nIf you say yes, I will sometimes show you two answers and remember which one you liked better, as numbers about _my_ two answers. From that I learn whether you like answers short or long, casual or formal, and so on. I use it for two things, here: to choose among my answers to you, and to tell the language model how you like them.\nTo tell it, I send a few plain words along with your messages to the language model's provider, such as “Write about 60 words.”, without your name or id. `/profile view` shows the exact words, and you can switch each of them off.\nI don't store what you write, and I don't learn from it. With `/profile` you can see, change and delete everything at any time.\nIf you say no, I stay a plain chat bot and won't ask again.",
  yes: "Yes, learn what I like",
  no: "No, thanks",
  renewedQuestion:
    "**One more question, about something new.**\nYou have allowed me to learn which answers you like, and to choose among mine by it. I can also tell the language model how you like them: a few plain words, such as “Write about 60 words.”, then go along with your messages to its provider, without your name or id. `/profile view` shows the very words, and each can be switched off.\nIf you say no, everything stays as it was, and I won't ask again.",
  steerYes: "Yes, tell it how I like answers",
  pooledQuestion:
    "Thank you! One more question, separate from the first; the answer is no unless you say yes.\n**May I also use your votes to find out what people's tastes have in common?** I would combine them with the votes of at least four other members, without names or ids, to learn the scales on which I describe everybody's taste.",
  poolYes: "Yes, pool my votes",
  poolNo: "No, only for me",
  onlyForMe: "Use my votes only for me",
  stop: "Stop learning",
  calibrationOffer: "Ten quick questions now",
  granted: "Thank you! You can change your mind at any time with `/profile`.",
  refused:
    "All right: I won't learn your taste, and I won't ask again. If you change your mind, use `/profile start`. To delete what I learned before, use `/profile delete`.",
  steered: "Thank you! `/profile view` shows what I say; `/profile adjust` changes it.",
  notSteered:
    "All right, the language model hears nothing about your taste. `/profile consent` if you change your mind.",
  pooled: "Thank you! From the next training on, your votes help everybody.",
  notPooled: "I use your votes for your own profile only.",
  outdated:
    "This question is out of date, so I changed nothing. `/profile consent` shows what you allow now.",
  forSomebodyElse: "This question is for somebody else. For your own, use `/profile start`.",
  standsPaused: "Your profile is **paused**: I don't use it, and I learn nothing new.",
  standsLearning: "I may **learn your taste** from your votes on my answers.",
  standsSteered:
    "I may **tell the language model** how you like its answers, in a few words without your name or id.",
  standsNotSteered: "I tell the language model **nothing** about your taste.",
  standsPooled: "Your votes may also **help everybody**, without your name or id.",
  standsNotPooled: "I use your votes **only for you**.",
  standsUntilDeleted:
    "If you stop the learning, I keep what I have learned until you use `/profile delete`.",
  mayNotLearn: "I may not learn about you at the moment; `/profile start` changes that.",
} as const;
