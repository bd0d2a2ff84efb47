/** `/settings persona` and `model`: how the bot appears in a place. */
export const PLACES = {
  wholeServer: "the whole server",
  personaTitle: "How I appear here",
  personaLabel: "My character, for {place}",
  personaHint: "For example: a dry-witted librarian who loves footnotes. Empty: no character.",
  personaSet: "From now on I answer like that: {place}.",
  personaGone: "From now on I answer without a character: {place}.",
  modelQuestion: "Which language model is to answer? This counts for {place}.",
  modelDefault: "{model} (the default)",
  oneModel: "There is one language model only, {model}. The bot's owner can allow others.",
  noModel: "There is no language model here: my answers come from a ready-made collection.",
  modelSet: "From now on {model} answers: {place}.",
  modelNotAllowed: "The bot's owner does not allow that model any more. Nothing was changed.",
  tooMany:
    "There are choices for {most, number} channels already: take some of them back first. Nothing was changed.",
  persona: "**Character** for {place}: {persona}",
  model: "**Language model** for {place}: {model}",
  more: "… and {count, number} more.",
} as const;
