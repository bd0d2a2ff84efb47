/**
 * `npm run attacks`: whom the defence against colluding accounts leaves out of simulated populations,
 * what that costs, and what is left of an attack.
 */
import Table from "cli-table3";
import { Command, Option } from "commander";
import { estimateOf } from "../evaluate/metrics.js";
import { readCount, readShare, readWhole } from "../evaluate/options.js";
import { KIND_NAMES } from "../evaluate/planted-dataset.js";
import {
  type AttackedPopulation,
  type AttackName,
  STOPS,
  simulateAttacks,
} from "./attacked-populations.js";
import { STRATEGIES, type StrategyName } from "./colluders.js";

const ATTACKS: readonly AttackName[] = ["none", ...(Object.keys(STRATEGIES) as StrategyName[])];

interface Options {
  readonly attacks: readonly AttackName[];
  readonly populations: number;
  readonly seed: number;
  readonly share: number;
}

function readOptions(parameters: readonly string[]): Options {
  const command = new Command("npm run attacks --")
    .description("Attacks simulated populations and measures what the defence costs and saves.")
    .addOption(
      new Option("--attacks <names...>", "which attacks").choices(ATTACKS).default(ATTACKS, "all"),
    )
    .option("--populations <number>", "how many of each kind", readCount, 10)
    .option("--seed <number>", "the same seed gives the same table", readWhole, 1)
    .option("--share <share>", "of all accounts, those who collude", readShare, 0.2)
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  return command.parse([...parameters], { from: "user" }).opts<Options>();
}

/** One line: a kind of population under one attack. */
function line(kind: string, attack: AttackName, populations: readonly AttackedPopulation[]) {
  const share = (part: (population: AttackedPopulation) => number, whole: typeof part) => {
    const sum = (of: typeof part) => populations.reduce((total, own) => total + of(own), 0);
    return sum(whole) > 0 ? `${((100 * sum(part)) / sum(whole)).toFixed(1)} %` : "";
  };
  const difference = (of: (population: AttackedPopulation) => readonly number[][]) =>
    STOPS.map((_, stop) => signed(populations.flatMap((own) => of(own)[stop] ?? []))).join(" ");
  const means = (values: readonly number[]) => values.map((value) => [value]);
  return [
    kind,
    attack,
    `${populations.filter(({ honestLeftOut }) => honestLeftOut > 0).length} of ${populations.length}`,
    share(
      (own) => own.honestLeftOut,
      (own) => own.honest,
    ),
    difference(({ leftOut }) => leftOut.map((values) => [...values])),
    share(
      (own) => own.colludersLeftOut,
      (own) => own.colluders,
    ),
    difference(({ undefended }) => means(undefended)),
    difference(({ defended }) => means(defended)),
  ];
}

function signed(values: readonly number[]): string {
  if (values.length === 0) return "";
  const { mean } = estimateOf(values);
  return `${mean < 0 ? "" : "+"}${mean.toFixed(3)}`;
}

const options = readOptions(process.argv.slice(2));
const after = `after ${STOPS.join(", ")} answers`;
const table = new Table({
  head: [
    ...["members", "attack", "populations that lose honest members", "honest left out"],
    ...[`their AUC ${after}`, "colluders left out"],
    ...[`new users' AUC ${after}, all trained with`, "the defence on"],
  ],
  style: { head: [], border: [] },
  colWidths: [15, 16, 13, 9, 22, 11, 22, 22],
  wordWrap: true,
});
for (const kind of KIND_NAMES) {
  const found = new Map<AttackName, AttackedPopulation[]>(
    options.attacks.map((attack) => [attack, []]),
  );
  for await (const { attack, population } of simulateAttacks({
    ...options,
    kind,
  })) {
    found.get(attack)!.push(population);
  }
  for (const [attack, populations] of found) table.push(line(kind, attack, populations));
}
console.log(
  `Differences of the ROC AUC to training on the honest members alone, ${options.populations} simulated populations each, ${100 * options.share} % of the accounts collude.`,
);
console.log(table.toString());
