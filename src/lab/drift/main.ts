/** `npm run drift`: what a half-life of votes brings when a taste changes, and what it costs otherwise. */
import Table from "cli-table3";
import { Command } from "commander";
import { loadDeck } from "../../shared/deck/deck.js";
import { simulateDrift, type TasteChange } from "./drifting-members.js";

const MEMBERS = 400;
const CHANGE_AFTER = 40;
const HALF_LIVES = [Number.POSITIVE_INFINITY, 40, 20, 15, 12, 10, 8, 6, 5, 4];
/** The last two are 10 and 15 votes after the change. */
const STOPS = [10, CHANGE_AFTER, CHANGE_AFTER + 10, CHANGE_AFTER + 15];

new Command("npm run drift")
  .description(
    "What a half-life of votes brings when a taste changes, and what it costs otherwise.",
  )
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();

const deck = loadDeck();

function areas(change: TasteChange, halfLife: number): number[] {
  const plan = { deck, members: MEMBERS, changeAfter: CHANGE_AFTER, stops: STOPS, seed: 1 };
  return simulateDrift({ ...plan, change, halfLife });
}

const table = new Table({
  head: ["half-life", "10 votes", "40", "55", "reversed: +10", "+15", "redrawn: +10", "+15"],
  style: { head: [], border: [] },
});
for (const halfLife of HALF_LIVES) {
  const stays = areas("none", halfLife);
  const figures = [
    ...[0, 1, 3].map((stop) => stays[stop]!),
    ...areas("reversed", halfLife).slice(2),
    ...areas("redrawn", halfLife).slice(2),
  ];
  table.push([
    Number.isFinite(halfLife) ? halfLife : "off",
    ...figures.map((area) => area.toFixed(3)),
  ]);
}
console.log(
  `ROC AUC of ${MEMBERS} simulated members. The taste stays, or changes completely after ${CHANGE_AFTER} votes.`,
);
console.log(table.toString());
