/** The map of the house as SVG: a box for each room, arrows to the rooms that it imports from. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { type Imports, withoutDetours } from "./imports.js";

/** What happens in each room, in a few words. */
const PURPOSES: Readonly<Record<string, string>> = {
  "models/algebra": "matrices, random numbers",
  "models/encoder": "an answer becomes numbers",
  "models/rewards": "base rewards φ, user weights λ",
  "models/acquisition": "which pair to ask about",
  "models/steering": "what to ask the language model for",
  "models/training": "from votes to base rewards",
  workers: "the threads that compute",
  "src/shared": "clock, log, deck, environment",
  "src/language": "every sentence for people",
  "src/config.ts": "the settings, typed",
  "src/safety": "answers made harmless",
  "src/store": "records in one SQLite file",
  "src/guilds": "a server's settings, its end",
  "src/ballots": "questions, choices, votes",
  "src/members": "consent, profile, export",
  "src/limits": "budgets, queue, cooldowns",
  "src/conversation": "from a message to candidates",
  "src/training": "retraining, versions, schedule",
  "src/observability": "log, metrics, health, status",
  "src/pictures": "a profile as a picture",
  "src/compose": "builds one part after another",
  "src/compose.ts": "builds what a role needs",
  "src/discord": "events in, messages out",
  "src/doctor": "what is wrong with a set-up",
  commands: "one file for each command",
  "src/playground": "the bot in a terminal",
  "src/shutdown.ts": "ends in good order",
  "src/cli": "programs for the operator",
  "src/roles": "what a bot does, what a trainer does",
  "src/main.ts": "starts the bot",
  "src/lab": "measures the product",
};
const TITLE = "The rooms of Attune, and what they import from";
const COLOURS = { models: "#dcebf8", src: "#eef2f7", commands: "#e3f3e6", workers: "#fdf0d9" };

/** Throws when a room has no purpose yet. */
export async function drawHouse(imports: Imports): Promise<string> {
  const graphviz = await Graphviz.load();
  const svg = graphviz.dot(graphOf(withoutDetours(imports)));
  return svg
    .slice(svg.indexOf("<svg"))
    .replace("<svg", `<svg role="img" aria-label="${TITLE}"`)
    .replaceAll(/^<!--.*-->\n/gm, "");
}

/** Sorted, so that the picture does not depend on the order in which files are read. */
function graphOf(imports: Imports): string {
  const rooms = [...imports.keys()].sort();
  const arrows = rooms.flatMap((room) =>
    [...imports.get(room)!].sort().map((other) => `"${room}" -> "${other}"`),
  );
  return `digraph "${TITLE}" {
    bgcolor="white" nodesep=0.2 ranksep=0.45
    node [shape=box style="filled,rounded" color="#5b6472" fontname="Helvetica,Arial,sans-serif" fontsize=12 margin="0.3,0.07"]
    edge [color="#5b6472" arrowsize=0.7]
    ${[...rooms.map(box), ...arrows].join("\n    ")}
  }`;
}

function box(room: string): string {
  const purpose = PURPOSES[room];
  if (purpose === undefined) {
    throw new Error(`The room ${room} is new: say in src/lab/house/draw-house.ts what it is for.`);
  }
  const colour = COLOURS[room.split("/")[0] as keyof typeof COLOURS];
  return `"${room}" [fillcolor="${colour}" label="${room}\\n${purpose}"]`;
}
