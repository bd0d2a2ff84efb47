/** `npm run house`: draws the map of the house in docs/ from the imports of the code. */
import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { drawHouse } from "./draw-house.js";
import { readImports } from "./imports.js";

const FILE = "docs/house.svg";

new Command("npm run house")
  .description("Draws the map of the rooms of the code, from its imports, into docs/house.svg.")
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();
await writeFile(FILE, await drawHouse(await readImports(process.cwd())));
console.log(FILE);
