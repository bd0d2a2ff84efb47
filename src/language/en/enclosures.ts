/** What came with a message and could not be seen: why, and what to do. */
export const ENCLOSURES = {
  blind:
    "I can't see pictures: the language model that I use reads only text. Tell me in words what matters in yours, and I will answer.",
  deaf: "I can't listen to voice messages. Write to me, and I will answer.",
  unheard: "I could not make out your voice message. Please write it, or record it again.",
  tooLong:
    "I listen to voice messages of up to five minutes. Please send a shorter one, or write it.",
  tooLarge: "What you sent is too large for me. Please send me only the part that matters.",
  tooMany: "I look at four pictures at a time and left the others out.",
  format:
    "I can open PNG, JPEG, WebP and GIF pictures, and yours is of another kind. Please send it as one of these.",
  notText:
    "I can only read files that hold plain text. Copy the words that matter into a message, and I will answer.",
  unreachable: "I could not get what you sent from Discord. Please send it again.",
  cut: "Your file is long: I have read only its beginning.",
} as const;
