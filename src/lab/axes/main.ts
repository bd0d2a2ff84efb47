/** `npm run axes`: how well the encoder tells the ends of each axis apart, in each deck's language. */
import { writeFileSync } from "node:fs";
import Table from "cli-table3";
import { Command } from "commander";
import { deckLanguages, loadDeck } from "../../shared/deck/deck.js";
import { measureAxes } from "./axis-areas.js";

const { json } = new Command("npm run axes --")
  .description("How well the encoder tells the ends of each axis apart, in each deck's language.")
  .option("--json <file>", "the figures as JSON")
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse()
  .opts<{ json?: string }>();

const languages = deckLanguages();
const areas = measureAxes(languages.map((language) => loadDeck(language)));

const table = new Table({
  head: ["language", "axis", "starter", "learned", ...languages.map((one) => `taught by ${one}`)],
  style: { head: [], border: [] },
});
for (const { language, axis, starter, learned, taughtBy } of areas) {
  const taught = languages.map((other) => taughtBy[other]?.toFixed(3) ?? "");
  table.push([language, axis, starter.toFixed(3), learned.toFixed(3), ...taught]);
}
console.log("ROC AUC against the labels of each deck's authors, between answers to one prompt.");
console.log(table.toString());
if (json !== undefined) writeFileSync(json, `${JSON.stringify(areas, undefined, 2)}\n`);
