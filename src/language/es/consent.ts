/** The questions of consent, and the reply to each answer, in Spanish. */
import type { CONSENT as ENGLISH } from "../en/consent.js";
import type { Translated } from "../translated.js";

export const CONSENT: Translated<typeof ENGLISH> = {
  question:
    "**¿Puedo aprender qué respuestas te gustan?**\nSi dices que sí, a veces te mostraré dos respuestas y recordaré cuál te gustó más, en forma de números sobre _mis_ dos respuestas. De ahí aprendo si te gustan las respuestas cortas o largas, informales o formales, etcétera. Lo uso aquí para dos cosas: para elegir entre mis respuestas para ti y para decirle al modelo de lenguaje cómo te gustan.\nPara decírselo, envío junto con tus mensajes unas pocas palabras sencillas al proveedor del modelo de lenguaje, como “Write about 60 words.” (escribe unas 60 palabras), sin tu nombre ni tu identificador. `/perfil ver` muestra las palabras exactas, y puedes desactivar cada una de ellas.\nNo guardo lo que escribes ni aprendo de ello. Con `/perfil` puedes verlo, cambiarlo y borrarlo todo en cualquier momento.\nSi dices que no, seguiré siendo un simple bot de chat y no volveré a preguntar.",
  yes: "Sí, aprende lo que me gusta",
  no: "No, gracias",
  renewedQuestion:
    "**Una pregunta más, sobre algo nuevo.**\nMe has permitido aprender qué respuestas te gustan y elegir entre las mías según eso. También puedo decirle al modelo de lenguaje cómo te gustan: entonces unas pocas palabras sencillas, como “Write about 60 words.” (escribe unas 60 palabras), van junto con tus mensajes a su proveedor, sin tu nombre ni tu identificador. `/perfil ver` muestra las palabras exactas, y cada una se puede desactivar.\nSi dices que no, todo queda como estaba y no volveré a preguntar.",
  steerYes: "Sí, dile cómo me gustan las respuestas",
  pooledQuestion:
    "¡Gracias! Una pregunta más, aparte de la primera; la respuesta es no mientras no digas que sí.\n**¿Puedo usar tus votos también para averiguar qué tienen en común los gustos de la gente?** Los combinaría con los votos de al menos otros cuatro miembros, sin nombres ni identificadores, para aprender las escalas con las que describo el gusto de todos.",
  poolYes: "Sí, combina mis votos",
  poolNo: "No, solo para mí",
  onlyForMe: "Usar mis votos solo para mí",
  stop: "Dejar de aprender",
  calibrationOffer: "Diez preguntas rápidas ahora",
  granted: "¡Gracias! Puedes cambiar de opinión en cualquier momento con `/perfil`.",
  refused:
    "De acuerdo: no aprenderé tu gusto y no volveré a preguntar. Si cambias de opinión, usa `/perfil empezar`. Para borrar lo que aprendí antes, usa `/perfil borrar`.",
  steered: "¡Gracias! `/perfil ver` muestra lo que digo; `/perfil ajustar` lo cambia.",
  notSteered:
    "De acuerdo, el modelo de lenguaje no sabrá nada de tu gusto. Usa `/perfil consentimiento` si cambias de opinión.",
  pooled: "¡Gracias! A partir del próximo entrenamiento, tus votos ayudan a todos.",
  notPooled: "Uso tus votos solo para tu propio perfil.",
  outdated:
    "Esta pregunta ya no está vigente, así que no he cambiado nada. `/perfil consentimiento` muestra lo que permites ahora.",
  forSomebodyElse: "Esta pregunta es para otra persona. Para la tuya, usa `/perfil empezar`.",
  standsPaused: "Tu perfil está **en pausa**: no lo uso y no aprendo nada nuevo.",
  standsLearning: "Puedo **aprender tu gusto** de tus votos sobre mis respuestas.",
  standsSteered:
    "Puedo **decirle al modelo de lenguaje** cómo te gustan sus respuestas, en unas pocas palabras sin tu nombre ni tu identificador.",
  standsNotSteered: "No le digo al modelo de lenguaje **nada** sobre tu gusto.",
  standsPooled: "Tus votos también pueden **ayudar a todos**, sin tu nombre ni tu identificador.",
  standsNotPooled: "Uso tus votos **solo para ti**.",
  standsUntilDeleted: "Si dejo de aprender, conservo lo aprendido hasta que uses `/perfil borrar`.",
  mayNotLearn: "Ahora mismo no puedo aprender sobre ti; `/perfil empezar` lo cambia.",
};
