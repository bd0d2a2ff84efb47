/** `/new`: a new conversation begins. */
export const CONVERSATIONS = {
  begun: "A new conversation begins here. I don't look at what was said before.",
  nothingToEnd:
    "In this channel every mention begins a new conversation already. Reply to one of my answers to go on with it.",
} as const;
