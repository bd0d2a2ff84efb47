/** What the language model is told about a member's taste, in Spanish. */
import type { MANNER as ENGLISH } from "../en/manner.js";
import type { Translated } from "../translated.js";

export const MANNER: Translated<typeof ENGLISH> = {
  length: "la longitud",
  formality: "la formalidad",
  humour: "el humor",
  askingBack: "las preguntas de vuelta",
  structure: "las listas y los títulos",
  warmth: "la calidez",
  notAgreed:
    "**Lo que le digo al modelo de lenguaje sobre tu gusto**: nada; `/perfil consentimiento` lo cambia.",
  toldNothingYet:
    "**Lo que le digo al modelo de lenguaje sobre tu gusto**: nada todavía. También le pido que pruebe cosas distintas, para que puedas comparar.",
  told: "**Lo que le digo al modelo de lenguaje sobre tu gusto**: {words} Algunas respuestas se las pido de otras maneras, para que puedas comparar.",
  switchOff: "`/perfil ajustar` desactiva lo que quieras.",
  switchedOff: "Desactivado: {axes}. `/perfil ajustar` lo cambia.",
  plainAnswer:
    "Es una respuesta sencilla: al modelo de lenguaje no se le dijo nada sobre tu gusto.",
  wasTold: "Al modelo de lenguaje se le dijo: {words}",
  fast: "**Las respuestas rápidas** están activadas: recibes una sola respuesta y la lees mientras se escribe. `/perfil ajustar` lo cambia.",
  plain: "sencilla",
};
