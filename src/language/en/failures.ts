/** Why there is no answer: what is wrong, and what the member can do. Times are in Discord's form. */
export const FAILURES = {
  timeout:
    "The language model took too long this time: please try again, perhaps with a shorter question.",
  timeoutUntil: "The language model took too long this time: please try again {when}.",
  rateLimited:
    "Too many questions at once for the language model: please try again in a few minutes.",
  rateLimitedUntil: "Too many questions at once for the language model: please try again {when}.",
  quota: "The language model's budget is used up for now: please tell an admin of this server.",
  badKey: "The language model refuses my key: please tell an admin of this server.",
  noAccess: "The language model is closed to me: please tell an admin of this server.",
  badAddress: "The language model is not where I look for it: please tell an admin of this server.",
  unknownModel:
    "The language model that I am set up for does not exist: please tell an admin of this server.",
  forbidden: "The language model does not let me answer that: please put it differently.",
  filtered: "The language model declined to answer that: please put it differently.",
  refused: "The language model can't work with that message: please put it differently.",
  tooLong: "This is too long for the language model: please start anew with a shorter question.",
  tooLarge: "The language model's answer was far too long: please ask for something shorter.",
  empty: "The language model had nothing to say: please try again.",
  abandoned: "I had to stop before I could answer: please try again in a few minutes.",
  notInDeck:
    "I have no language model here, and nothing in my collection is near that: please ask me something that I have an answer to.",
  quoted: "“{prompt}”",
  forExample: "For example: {offers}.",
  limit: "That is too much for now: please try again in a few minutes.",
  unavailable: "I can't reach the language model right now: please try again in a few minutes.",
  unavailableUntil: "I can't reach the language model right now: please try again {when}.",
  queue: "Too many people are waiting for an answer right now: please try again {when}.",
  messagesPerMinute:
    "{scope, select, personal {Outside of servers, my} member {Your} channel {This channel's} server {This server's} other {My}} messages for this minute are used up: please try again {when}.",
  messagesPerDay:
    "{scope, select, personal {Outside of servers, my} member {Your} channel {This channel's} server {This server's} other {My}} messages for today are used up: please try again {when}.",
  tokensPerDay:
    "{scope, select, personal {Outside of servers, my} member {Your} channel {This channel's} server {This server's} other {My}} budget for today is used up: please try again {when}.",
  unseen:
    "I can't look at {kinds}. Tell me in words what you would like to know, and I will answer.",
  pictures: "pictures",
  videos: "videos",
  recordings: "recordings",
  voiceMessages: "voice messages",
  polls: "polls",
  forwardedMessages: "forwarded messages like this one",
  files: "files",
} as const;
