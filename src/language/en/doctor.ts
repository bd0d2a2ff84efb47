/** What the doctor finds on one server, for its admins. */
export const DOCTOR = {
  server: "Server {name}",
  viewChannel: "View Channel",
  sendMessages: "Send Messages",
  sendMessagesInThreads: "Send Messages in Threads",
  readMessageHistory: "Read Message History",
  embedLinks: "Embed Links",
  addReactions: "Add Reactions",
  noTextChannel: "the bot can speak in no channel: there is no text channel.",
  speaksNowhere: "the bot can speak in no channel: #{channel} lacks {missing}.",
  allowThem:
    "in Discord, open the channel's settings, Permissions, and allow them for the bot's role.",
  lacksInSome: "the bot sees channels in which it can't do all it needs: {channels}.",
  lacks: "#{channel} lacks {missing}",
  andMore: "and {count, number} more",
  orName: "Or name the channels that are meant with /settings channels.",
  speaksIn: "the bot can speak in {count, number} of {total, number} text channels.",
  channelGone: "/settings names the channel {id}, which is gone.",
  chooseAgain: "choose the channels again with /settings channels.",
  mayAllIn: "the bot may do all it needs in #{channel}.",
  lacksIn: "in #{channel} the bot lacks {missing}.",
} as const;
