/** `/reentrenar`: a training of the base rewards and its report, in Spanish. */
import type { TRAINING as ENGLISH } from "../en/training.js";
import type { Translated } from "../translated.js";

export const TRAINING: Translated<typeof ENGLISH> = {
  progress: "Entrenamiento: {bar} {percent} ({stage})",
  readingVotes: "leyendo los votos",
  choosingSettings: "eligiendo los ajustes",
  hiddenLayer: "probando una capa oculta",
  onEverybody: "entrenando con todos",
  comparing: "comparando con las valoraciones actuales",
  done: "listo",
  naming: "dando nombre a las valoraciones",
  refitting: "reajustando los perfiles",
  adoptedAverage:
    "Las nuevas valoraciones se han adoptado para lo que gusta a todos: en {people} personas reservadas, el gusto medio por sí solo mejora su log-verosimilitud por voto en {mean} (intervalo del 90 %: de {low} a {high}), y los gustos propios no.",
  adopted:
    "Las nuevas valoraciones se han adoptado: en {people} personas reservadas, su log-verosimilitud por voto es mejor en {mean} (intervalo del 90 %: de {low} a {high}).",
  guessing:
    "Las nuevas valoraciones no se han adoptado: en {people} personas reservadas no predicen mejor que el azar, así que los votos hasta ahora no muestran ningún gusto que los miembros compartan.",
  tooLittle:
    "Las nuevas valoraciones no se han adoptado: en {people} personas reservadas, su log-verosimilitud por voto es mejor solo en {mean} (intervalo del 90 %: de {low} a {high}), demasiado poco para cambiarlas.",
  chance:
    "Las nuevas valoraciones no se han adoptado: en {people} personas reservadas, su log-verosimilitud por voto es mejor solo en {mean} (intervalo del 90 %: de {low} a {high}), lo que puede ser casualidad.",
  differs:
    "Las nuevas valoraciones no se han adoptado: en {people} personas reservadas, su log-verosimilitud por voto difiere de la actual en {mean} (intervalo del 90 %: de {low} a {high}).",
  tooFew:
    "Las nuevas valoraciones no se han adoptado: {people, plural, one {se pudo reservar # persona} other {se pudieron reservar # personas}}, y menos de {minimum} no bastan para saber si son mejores.",
  answerNow:
    "Responden a partir de ahora, como versión {version}; {refits}. Para deshacerlo: {command}",
  stay: "Se quedan las actuales.",
  before: "Antes: {figures}",
  after: "Después: {figures}",
  figures:
    "{right} % de {votes} votos reservados predichos bien, log-verosimilitud {likelihood} por voto",
  learned:
    "Aprendido de {votes} votos de {members} miembros en {seconds} s: {rank} valoraciones, primero las que más importan.",
  leftOut:
    "Excluidos: {members} de ellos, porque votan como uno solo. Sus propios votos siguen eligiendo sus respuestas.",
  allRefitted: "todos los perfiles están reajustados",
  refitsLeft:
    "{profiles, plural, one {# perfil queda por reajustar, a más tardar cuando vuelva a usarse} other {# perfiles quedan por reajustar, a más tardar cuando vuelvan a usarse}}",
  moreAxes: "• y {more} más",
  tooSoon: "Hace un momento hubo un entrenamiento a mano; el próximo será posible {when}.",
  inProgress: "Ya hay un entrenamiento en marcha; inténtalo de nuevo cuando termine.",
  noTrainer:
    "Ningún proceso se encarga del entrenamiento; alguien tiene que iniciar uno con ROLE=trainer. Se hará en cuanto haya uno.",
  takenOver:
    "Otro proceso se ha encargado del entrenamiento, así que el resultado de este no se usa.",
  tooFewMembers:
    "El entrenamiento necesita dos votos o más de al menos {minimum} miembros que hayan aceptado el entrenamiento común; hasta ahora {members, plural, one {hay #} other {hay #}}. Mientras tanto, a todos se les responde con las valoraciones actuales.",
  changedMeanwhile:
    "Las valoraciones cambiaron mientras se entrenaba, así que el resultado se dejó de lado. Inícialo otra vez para compararlo con las que responden ahora.",
  votesTakenBack:
    "Algunos miembros retiraron sus votos mientras se entrenaba, así que el resultado no se usa y se quedan las valoraciones actuales. Inténtalo más tarde.",
  notEnoughVotes:
    "El entrenamiento necesita más votos de más miembros de los que hay hasta ahora. Mientras tanto se quedan las valoraciones actuales.",
  tooFewHeldOut:
    "Si las nuevas valoraciones son mejores se ve en personas con las que no se entrenaron, y hasta ahora hay demasiado pocas. Mientras tanto se quedan las valoraciones actuales.",
  notRunning: "No hay ningún entrenamiento en marcha.",
  stored:
    "Responde la versión {version}; {versions, plural, one {hay # versión entrenada guardada} other {hay # versiones entrenadas guardadas}}.",
  noneYet: "No ha habido ningún entrenamiento desde el inicio.",
  last: "El último entrenamiento:\n{report}",
  version: "{when}, {right} % de los votos reservados ({version})",
  now: "Ahora: {version}",
  starter: "starter: siete escalas, hechas a mano",
  whichVersion:
    "¿Qué versión de las valoraciones debe responder, en todos los servidores de este bot?",
  restored:
    "La versión {version} responde a partir de ahora. Cada perfil se ajusta a ella cuando vuelve a usarse.",
  notRestorable:
    "Esa versión no puede responder aquí: ya no está guardada o se entrenó en otro lugar. `/reentrenar recuperar` muestra las que pueden.",
};
