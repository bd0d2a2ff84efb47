/** The profile in words, and what the subcommands of `/profile` answer. */
export const PROFILE = {
  goesOn: "I use your profile again, and learn from your votes.",
  already: "I am already learning your taste; `/profile view` shows it.",
  paused:
    "Paused: plain answers, no questions, nothing learned. Your profile stays as it is until `/profile start`.",
  nothingToPause: "I am not learning about you, so there is nothing to pause.",
  learningOff:
    "-# I am not learning about you at the moment, and answer you plainly. `/profile start` changes that.",
  nothingToUndo: "There is nothing to take back.",
  undoneChat: "Taken back: your last vote in chat.",
  undoneDeck: "Taken back: your last answer to a question of the deck.",
  undoneNudge: "Taken back: the last wish that you made.",
  undoneAnother: "Taken back: your choice after “Another answer”.",
  askReset: "This deletes your weights and all your votes here. It can't be undone. Go ahead?",
  resetYes: "Delete my profile",
  resetDone: "Done: your weights and {votes, plural, one {# vote} other {# votes}} are deleted.",
  askDeleteHere:
    "This deletes everything that I have stored about you here: profile, votes, open questions, and what you have allowed. The next training no longer uses it. It can't be undone. Go ahead?",
  askDeleteEverywhere:
    "This deletes everything that I have stored about you in {places, plural, one {one place} other {# places}}: profile, votes, open questions, and what you have allowed. The next training no longer uses it. It can't be undone. Go ahead?",
  deleteYes: "Delete everything",
  keep: "Keep it",
  nothingDeleted: "Nothing was deleted.",
  deletedHere:
    "Done: your profile, {votes, plural, one {# vote} other {# votes}} and everything else about you here are deleted. When you talk to me again, I know nothing about you, and may ask you once more.",
  deletedEverywhere:
    "Done: your profile, {votes, plural, one {# vote} other {# votes}} and everything else about you are deleted. When you talk to me again, I know nothing about you, and may ask you once more.",
  exported:
    "Everything that I have stored about you. None of your messages are in it, because I store none.",
  exportFile: "Everything that is stored about you",
  nothingToAdjust:
    "Members agree about answers so far, so a wish would change nothing at the moment.",
  wishGone:
    "That wish does not count any more. `/profile undo` takes back the last thing that I learned.",
  outdatedAxes:
    "These scales are out of date: a training has found new ones. Please use the command again.",
  noted: "Noted.",
  wishTakenBack: "Taken back.",
  notedMore: "Noted: more **{end}**.",
  adjustIntro:
    "What would you like more of? Each wish counts as a few votes and can be taken back.",
  toldNothing: "The language model hears nothing about my taste",
  mayHear: "It may hear about {axis}",
  fastOn: "Fast answers: one, at once",
  fastOff: "The best of several answers",
  nowFast:
    "From now on you get one answer, in the way you like, and read it while it is written. I ask no questions about answers meanwhile.",
  nowBest:
    "From now on I choose the best of several answers for you again, and ask about some of them.",
  more: "more {end}",
  wishes: "I would like answers that are …",
  mattered: "**The votes that mattered most**",
  tie: "• {day}: {first} as good as {second}",
  rather: "• {day}: {first} rather than {second}",
  next: "**Next I would ask** about “{prompt}”: {axes}?",
  pair: "{low} or {high}",
  agree:
    "Members agree: the votes so far show that people like the same answers. So everybody gets the answer that most people like, I ask no questions, and I claim nothing about your own taste.",
  stillStored:
    "{votes, plural, one {Your vote is still stored, and counts again when tastes differ.} other {Your # votes are still stored, and count again when tastes differ.}}",
  wishesStored: "The wishes that you set by hand are still stored too.",
  nothingKnown:
    "I don't know your taste yet: you haven't voted so far. When I show you two answers, tap the one you like better; or answer ten quick questions with `/profile calibrate`.",
  notSure: "After {votes, plural, one {# vote} other {# votes}} I am not sure of anything yet.",
  almostCertain:
    "You like answers that are {ends}; almost certain after {votes, plural, one {# vote} other {# votes}}.",
  fairlySure:
    "You like answers that are {ends}; fairly sure after {votes, plural, one {# vote} other {# votes}}.",
  impression: "A first impression: {ends}.",
  open: "Still open: {pairs}.",
  openMore: "Still open: {pairs}; and more.",
  wishesIncluded:
    "{wishes, plural, one {This includes # wish that you set by hand.} other {This includes # wishes that you set by hand.}}",
  picture:
    "Your taste after {votes, plural, one {# vote} other {# votes}}, one bar for each axis, from -2.2 to 2.2. {axes}.",
  pictureTowards:
    "{low} to {high}: {weight, number, ::.0} plus or minus {deviation, number, ::.0}, towards {end}",
  pictureOpen:
    "{low} to {high}: {weight, number, ::.0} plus or minus {deviation, number, ::.0}, open",
  bars: "The profile after {votes, plural, one {# vote} other {# votes}}:",
  twoAnswers: "You chose between two answers.",
  closeCall:
    "It was a close call: from what I know of your taste, the best answers were about equally good.",
  why: "Why I chose it over the runner-up: {reasons}.",
  whyNot: "What counted against it: {axes}.",
  aLot: "**{axis}** (counted a lot)",
  aLittle: "**{axis}** (counted a little)",
} as const;
