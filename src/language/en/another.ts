/** "Another answer", the button below answers that a profile chose. */
export const ANOTHER = {
  show: "Another answer",
  thisOne: "This one",
  firstOne: "The first one",
  notYours: "That answer is for somebody else. Ask me yourself, and I will write one for you.",
  notLearning:
    "“Another answer” belongs to your profile, and I may not learn about you at the moment. `/profile start` changes that.",
  notCounted:
    "The answer stays as you chose it. It was not counted: I may not learn about you at the moment. `/profile start` changes that.",
  enoughToday:
    "The answer stays as you chose it. It was not counted: I have learned enough from this button for today.",
  over: "These two answers can no longer be compared: what you see stays.",
  tooOld: "I can't find your question to this answer any more. Please ask me again.",
  same: "I wrote one more answer, and it came out the same. Please tell me what should be different.",
} as const;
