/** What the smaller commands answer: the entries in a message's menu, and `/report`. */
export const COMMANDS = {
  onlyYourOwn: "I do that only for your own messages and for my answers to them.",
  messageUnreadable:
    "I can't read that message any more. Please ask again, with `!plain` before your question.",
  notChosen:
    "Your profile did not choose that message: it is a plain answer, one that you chose yourself, one for somebody else, or too old.",
  runnerUpGone: "The runner-up is no longer stored.",
  showRunnerUp: "Show the runner-up",
  noReportChannel:
    "No channel for reports is set up on this server. Please tell an admin in person; `/settings report` sets one up.",
  reportSent: "Thank you, your report is with the admins. I keep no copy.",
  reportUnsent: "I could not write to the channel for reports. Please tell an admin in person.",
  reportTooSoon:
    "You or others on this server sent a report a moment ago: please try again {when}.",
  reportQuestion: "What went wrong?",
  reportTitle: "Report a problem",
  report: "A report",
  reportFrom: "From {name} ({id})",
  reportAbout: "About",
} as const;
