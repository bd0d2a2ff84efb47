/** The profile in words, and what the subcommands of `/perfil` answer, in Spanish. */
import type { PROFILE as ENGLISH } from "../en/profile.js";
import type { Translated } from "../translated.js";

export const PROFILE: Translated<typeof ENGLISH> = {
  goesOn: "Vuelvo a usar tu perfil y aprendo de tus votos.",
  already: "Ya estoy aprendiendo tu gusto; `/perfil ver` lo muestra.",
  paused:
    "En pausa: respuestas sencillas, ninguna pregunta, nada aprendido. Tu perfil queda como está hasta que uses `/perfil empezar`.",
  nothingToPause: "No estoy aprendiendo sobre ti, así que no hay nada que pausar.",
  learningOff:
    "-# Ahora mismo no aprendo sobre ti y te respondo de forma sencilla. `/perfil empezar` lo cambia.",
  nothingToUndo: "No hay nada que retirar.",
  undoneChat: "Retirado: tu último voto en el chat.",
  undoneDeck: "Retirada: tu última respuesta a una de las preguntas rápidas.",
  undoneNudge: "Retirado: el último deseo que expresaste.",
  undoneAnother: "Retirada: tu elección después de «Otra respuesta».",
  askReset: "Esto borra tus pesos y todos tus votos de aquí. No se puede deshacer. ¿Sigo adelante?",
  resetYes: "Borrar mi perfil",
  resetDone: "Hecho: he borrado tus pesos y {votes, plural, one {# voto} other {# votos}}.",
  askDeleteHere:
    "Esto borra todo lo que he guardado sobre ti aquí: perfil, votos, preguntas abiertas y lo que has permitido. El próximo entrenamiento ya no lo usará. No se puede deshacer. ¿Sigo adelante?",
  askDeleteEverywhere:
    "Esto borra todo lo que he guardado sobre ti en {places, plural, one {un lugar} other {# lugares}}: perfil, votos, preguntas abiertas y lo que has permitido. El próximo entrenamiento ya no lo usará. No se puede deshacer. ¿Sigo adelante?",
  deleteYes: "Borrar todo",
  keep: "Conservarlo",
  nothingDeleted: "No se ha borrado nada.",
  deletedHere:
    "Hecho: he borrado tu perfil, {votes, plural, one {# voto} other {# votos}} y todo lo demás sobre ti aquí. Cuando vuelvas a hablar conmigo, no sabré nada de ti y puede que te pregunte otra vez.",
  deletedEverywhere:
    "Hecho: he borrado tu perfil, {votes, plural, one {# voto} other {# votos}} y todo lo demás sobre ti. Cuando vuelvas a hablar conmigo, no sabré nada de ti y puede que te pregunte otra vez.",
  exported:
    "Todo lo que he guardado sobre ti. No incluye ninguno de tus mensajes, porque no guardo ninguno.",
  exportFile: "Todo lo que se guarda sobre ti",
  nothingToAdjust:
    "Hasta ahora los miembros coinciden en sus gustos, así que un deseo no cambiaría nada de momento.",
  wishGone: "Ese deseo ya no cuenta. `/perfil deshacer` retira lo último que he aprendido.",
  outdatedAxes:
    "Estas escalas ya no están vigentes: un entrenamiento ha encontrado otras. Usa el comando de nuevo, por favor.",
  noted: "Anotado.",
  wishTakenBack: "Retirado.",
  notedMore: "Anotado: más bien **{end}**.",
  adjustIntro:
    "¿De qué te gustaría más? Cada deseo cuenta como unos pocos votos y se puede retirar.",
  toldNothing: "El modelo de lenguaje no sabe nada de mi gusto",
  mayHear: "Puede saber: {axis}",
  fastOn: "Respuestas rápidas: una, y ya",
  fastOff: "La mejor de varias respuestas",
  nowFast:
    "A partir de ahora recibes una sola respuesta, como a ti te gusta, y la lees mientras se escribe. Mientras tanto no te pregunto por las respuestas.",
  nowBest:
    "A partir de ahora vuelvo a elegir para ti la mejor de varias respuestas, y te pregunto por algunas.",
  more: "más bien: {end}",
  wishes: "Me gustarían respuestas …",
  mattered: "**Los votos que más contaron**",
  tie: "• {day}: {first}, tan buenas como {second}",
  rather: "• {day}: {first} antes que {second}",
  next: "**Lo siguiente que preguntaría**, sobre «{prompt}»: ¿{axes}?",
  pair: "{low} o {high}",
  agree:
    "Los miembros coinciden: los votos hasta ahora muestran que a la gente le gustan las mismas respuestas. Por eso todos reciben la respuesta que gusta a la mayoría, no hago preguntas y no afirmo nada sobre tu propio gusto.",
  stillStored:
    "{votes, plural, one {Tu voto sigue guardado y volverá a contar cuando los gustos sean distintos.} other {Tus # votos siguen guardados y volverán a contar cuando los gustos sean distintos.}}",
  wishesStored: "Los deseos que indicaste a mano también siguen guardados.",
  nothingKnown:
    "Todavía no conozco tu gusto: aún no has votado. Cuando te muestre dos respuestas, toca la que más te guste; o responde diez preguntas rápidas con `/perfil calibrar`.",
  notSure:
    "Después de {votes, plural, one {# voto} other {# votos}} todavía no estoy seguro de nada.",
  almostCertain:
    "Te gustan las respuestas {ends}; casi seguro después de {votes, plural, one {# voto} other {# votos}}.",
  fairlySure:
    "Te gustan las respuestas {ends}; bastante seguro después de {votes, plural, one {# voto} other {# votos}}.",
  impression: "Una primera impresión: {ends}.",
  open: "Aún por ver: {pairs}.",
  openMore: "Aún por ver: {pairs}; y más.",
  wishesIncluded:
    "{wishes, plural, one {Esto incluye # deseo que indicaste a mano.} other {Esto incluye # deseos que indicaste a mano.}}",
  picture:
    "Tu gusto después de {votes, plural, one {# voto} other {# votos}}, una barra por escala, de -2,2 a 2,2. {axes}.",
  pictureTowards:
    "de {low} a {high}: {weight, number, ::.0} más o menos {deviation, number, ::.0}, hacia {end}",
  pictureOpen:
    "de {low} a {high}: {weight, number, ::.0} más o menos {deviation, number, ::.0}, por ver",
  bars: "El perfil después de {votes, plural, one {# voto} other {# votos}}:",
  twoAnswers: "Elegiste entre dos respuestas.",
  closeCall:
    "Estuvo reñido: por lo que sé de tu gusto, las mejores respuestas eran más o menos igual de buenas.",
  why: "Por qué la elegí antes que la segunda: {reasons}.",
  whyNot: "Lo que contó en contra: {axes}.",
  aLot: "**{axis}** (contó mucho)",
  aLittle: "**{axis}** (contó un poco)",
};
