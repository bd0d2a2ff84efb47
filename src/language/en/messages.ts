/** What is said below a message in place of an answer, or beside one. */
export const MESSAGES = {
  failed: "Something went wrong on my side, sorry. Please try again in a minute.",
  working: "I am still working on your answer …",
  restarted: "I was restarted before my answer was done, sorry. Please ask me again.",
  restartedWithin: "I was restarted before my answer was done. Please ask me again for the rest.",
  restarting: "I am being restarted just now. Please try again in a minute.",
  cut: "The rest of my answer could not be sent, sorry. Please ask me for it again in a minute.",
  cutByRules:
    "The rest of my answer was stopped by the rules that this server or Discord has for messages (AutoMod).",
  unwanted:
    "My answer was stopped by the rules that this server or Discord has for messages (AutoMod). Please ask in other words.",
  demonstration:
    "-# Demonstration: no language model is set up, so this answers the nearest prompt of the bundled deck, “{prompt}”",
  nothingSaid: "Hi! Write your question next to the mention, and I will answer it.",
  nothingSaidDirectly: "Hi! Write me your question, and I will answer it.",
  replyUnreadable:
    "I can only read replies that mention me: leave the @ next to the reply switched on, or mention me by name.",
  answersUnread:
    "I can't read the message that you reply to. Copy its words next to the mention, together with your question, and I will answer.",
  mentionedRole:
    "You mentioned my role, and I can't read what is written next to a role. Mention <@{bot}> instead, and I will answer.",
} as const;
