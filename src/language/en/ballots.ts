/** Questions about two answers: the ballot, its buttons, and what a tap is answered. */
export const BALLOTS = {
  question: "Which answer do you like better? {a} or {b}, {tie} equal, {neither} neither.",
  a: "A",
  b: "B",
  tie: "Equal",
  neither: "Neither",
  textsGone: "Your vote is taken back. The two answers are no longer stored.",
  notYours: "This question is for somebody else.",
  closed: "This question is closed: it was deleted, or asked too long ago.",
  elsewhere: "This question was asked in another place, and can only be answered there.",
  changedSince: "That is not your vote any more: you have changed it or taken it back since.",
  takenBack: "Your vote is taken back; the question is open again.",
  stored: "Thank you, your vote is stored: **{choice}**.",
  already: "That is already your vote: **{choice}**.",
  takeBack: "Take it back",
  otherStands: "**{choice}** is taken back; **{vote}** is your vote.",
} as const;
