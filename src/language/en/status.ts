/** `/status`: how the bot is doing. */
export const STATUS = {
  members: "**Members with a profile here**: {members}",
  votes: "**Votes a day**, the last {days}: {votes}",
  languageModel: "**Language model**: {model}",
  baseRewards:
    "**Base rewards**: version {version}, {figures}; {versions, plural, one {# learned version is} other {# learned versions are}} stored",
  byHand: "made by hand, without held-out figures",
  exact: "{share} of {votes} held-out votes predicted right",
  rounded: "about {share} of held-out votes predicted right",
  heldOutTooFew: "held out from too few people for a figure",
  agree:
    "**Tastes**: members agree, so everybody gets the answer that most people like, and nobody is asked",
  differALittle:
    "**Tastes**: members differ a little, so their own votes move answers only a little",
  differSomewhat:
    "**Tastes**: members differ somewhat, so their own votes move answers less than they could",
  differ: "**Tastes**: members differ, so their own votes count in full",
  training: "**Training**: {state, select, running {running now} other {not running}}",
  trainingLast:
    "**Training**: {state, select, running {running now} other {not running}}; last: {backend}",
  shards: "**Shards**: {shards} of {count}, all connected",
  shardsLost: "**Shards**: {shards} of {count}; not connected at the moment: {lost}",
  queue: "**Queue**: {calls, plural, one {# call} other {# calls}} under way",
  doses: "**What one step of a directive moves** (standard deviations): {doses}",
  noDoses: "nothing is known yet",
  dose: "{axis} {slope} ± {error} ({answers} answers)",
  unmovedDose: "{axis} {slope} ± {error} ({answers} answers; not moved, so not asked for)",
  cost: "**Cost so far**: {cost}",
  tokens: "{requests} requests, {input} tokens in, {output} out",
  tokensEmbedded:
    "{requests} requests, {input} tokens in, {output} out, {embedding} for embeddings",
  noPrices: "{tokens} (no prices set)",
  priced: "{cost} ({tokens})",
  update: "**Update**: version {version} is out: <{page}>",
  used: "**Used today** (UTC): {budgets}",
  noLimits: "no limits are set",
  messages: "messages",
  ballots: "ballots",
  tokensUnit: "tokens",
  about: "about {tenths} % of the {unit} of all servers together",
  ofAllServers: "{used} of {most} {unit} of all servers ({share})",
  ofThisServer: "{used} of {most} {unit} of this server ({share})",
} as const;
