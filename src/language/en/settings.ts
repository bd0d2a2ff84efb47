/** `/settings`: what the admin of a server chooses. */
export const SETTINGS = {
  channels: "**Channels** where I may speak: {channels}",
  everywhere: "everywhere",
  questions: "**Questions** to a member per day, at most: {questions}",
  defaultQuestions: "{questions} (the default)",
  poolingAllowed: "**Pooled training** with votes from here: allowed, for members who say yes",
  poolingNotAllowed: "**Pooled training** with votes from here: not allowed",
  reports: "**Reports** go to: {channel}",
  nowhere: "nowhere",
  language: "**Language** for members whose own I don't speak: {language}",
  serverLanguage: "this server's own at Discord",
  foreignChannel: "Please choose channels of this server that I can see. Nothing was changed.",
  closedChannel:
    "I can't write there: I need View Channel, Send Messages and Embed Links in it. Nothing was changed.",
  badCount: "Please give a whole number from 0 to {most}. Nothing was changed.",
  badLanguage: "I don't speak that language. Nothing was changed.",
  everywhereButton: "Everywhere",
  whereMayISpeak: "Where may I speak? Threads belong to their channel.",
} as const;
