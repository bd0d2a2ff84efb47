/** What `../en/places.ts` says, in Spanish. */
import type { PLACES as ENGLISH } from "../en/places.js";
import type { Translated } from "../translated.js";

export const PLACES: Translated<typeof ENGLISH> = {
  wholeServer: "todo el servidor",
  personaTitle: "Cómo me presento aquí",
  personaLabel: "Mi personaje, para {place}",
  personaHint: "Por ejemplo: un bibliotecario irónico y amante de las notas. Vacío: sin personaje.",
  personaSet: "Desde ahora respondo así, para {place}.",
  personaGone: "Desde ahora respondo sin personaje, para {place}.",
  modelQuestion: "¿Qué modelo de lenguaje debe responder? Vale para {place}.",
  modelDefault: "{model} (el predeterminado)",
  oneModel: "Solo hay un modelo de lenguaje, {model}. El dueño del bot puede permitir otros.",
  noModel: "Aquí no hay modelo de lenguaje: mis respuestas salen de una colección ya hecha.",
  modelSet: "Desde ahora responde {model}, para {place}.",
  modelNotAllowed: "El dueño del bot ya no permite ese modelo. No se cambió nada.",
  tooMany: "Ya hay elecciones para {most, number} canales: quita antes alguna. No se cambió nada.",
  persona: "**Personaje** para {place}: {persona}",
  model: "**Modelo de lenguaje** para {place}: {model}",
  more: "… y {count, number} más.",
};
