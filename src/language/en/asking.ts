/** `/ask`, "Ask about this", and the bot as somebody's own app. */
export const ASKING = {
  closedChannel:
    "The admins of this server have not opened this channel to me. Please ask in another one.",
  nothingAsked: "Your question is empty. Please write what you would like to know.",
  threadLost:
    "I no longer know what we talked about: I remember it for an hour, and never over a restart. Please ask again with `/ask`.",
  messageLost:
    "I no longer have that message at hand. Please choose “Ask about this” in its menu again.",
  nothingToRead:
    "I can't read anything in that message. Copy its words into your question with `/ask`.",
  somebodyElses: "That conversation is somebody else's. You can begin your own with `/ask`.",
  ballotClosed: "This question is closed: such questions stay open for a quarter of an hour.",
  whichIsBetter: "Which answer do you like better?",
  wholeAsFile: "-# The answer is longer than I may show here: the file has all of it.",
  notAway: "Whoever runs me has switched off my use outside of the servers that I am on.",
  membersOnly:
    "Here I answer only members of a server that I am on. Whoever runs me has set it so, because they pay for my answers.",
  notSure:
    "I can't find out at the moment whether I may answer you here. Please try again in a minute.",
  personalPlace:
    "-# “Here” means our direct messages and every place where you take me along as your own app.",
  goOn: "Go on",
  takeBack: "Take my vote back",
  aboutTitle: "Ask about this message",
  aboutLabel: "What would you like to know?",
  nextTitle: "Go on",
  nextLabel: "Your next message",
} as const;
