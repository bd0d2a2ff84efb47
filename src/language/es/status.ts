/** `/estado`: how the bot is doing, in Spanish. */
import type { STATUS as ENGLISH } from "../en/status.js";
import type { Translated } from "../translated.js";

export const STATUS: Translated<typeof ENGLISH> = {
  members: "**Miembros con perfil aquí**: {members}",
  votes: "**Votos al día**, los últimos {days}: {votes}",
  languageModel: "**Modelo de lenguaje**: {model}",
  baseRewards:
    "**Valoraciones**: versión {version}, {figures}; {versions, plural, one {# versión aprendida guardada} other {# versiones aprendidas guardadas}}",
  byHand: "hechas a mano, sin cifras de votos reservados",
  exact: "{share} de {votes} votos reservados predichos bien",
  rounded: "cerca del {share} de los votos reservados predichos bien",
  heldOutTooFew: "demasiado pocas personas reservadas para dar una cifra",
  agree:
    "**Gustos**: los miembros coinciden, así que todos reciben la respuesta que gusta a la mayoría y no se pregunta a nadie",
  differALittle:
    "**Gustos**: los miembros difieren un poco, así que sus propios votos mueven las respuestas solo un poco",
  differSomewhat:
    "**Gustos**: los miembros difieren algo, así que sus propios votos mueven las respuestas menos de lo que podrían",
  differ: "**Gustos**: los miembros difieren, así que sus propios votos cuentan del todo",
  training: "**Entrenamiento**: {state, select, running {en marcha} other {parado}}",
  trainingLast:
    "**Entrenamiento**: {state, select, running {en marcha} other {parado}}; último: {backend}",
  shards: "**Shards**: {shards} de {count}, todos conectados",
  shardsLost: "**Shards**: {shards} de {count}; sin conexión en este momento: {lost}",
  queue: "**Cola**: {calls, plural, one {# llamada} other {# llamadas}} en curso",
  doses: "**Lo que mueve un paso de una indicación** (desviaciones típicas): {doses}",
  noDoses: "todavía no se sabe nada",
  dose: "{axis} {slope} ± {error} ({answers} respuestas)",
  unmovedDose: "{axis} {slope} ± {error} ({answers} respuestas; no se mueve, así que no se pide)",
  cost: "**Coste hasta ahora**: {cost}",
  tokens: "{requests} peticiones, {input} tokens de entrada, {output} de salida",
  tokensEmbedded:
    "{requests} peticiones, {input} tokens de entrada, {output} de salida, {embedding} para embeddings",
  noPrices: "{tokens} (sin precios configurados)",
  priced: "{cost} ({tokens})",
  update: "**Actualización**: ha salido la versión {version}: <{page}>",
  used: "**Usado hoy** (UTC): {budgets}",
  noLimits: "no hay límites configurados",
  messages: "mensajes",
  ballots: "preguntas",
  tokensUnit: "tokens",
  about: "{unit}: cerca del {tenths} % de lo de todos los servidores juntos",
  ofAllServers: "{used} de {most} {unit} de todos los servidores ({share})",
  ofThisServer: "{used} de {most} {unit} de este servidor ({share})",
};
