/** The command line of `npm run load`. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { isPostgresUrl, storeUrl } from "../../shared/environment/store-url.js";

export interface LoadOptions {
  readonly seconds: number;
  /** Of the same load before, in which a bot that has just started learns and is compiled; reported apart. */
  readonly warmUp: number;
  /** A second. */
  readonly messages: number;
  /** A second, votes included. */
  readonly reactions: number;
  readonly shards: number;
  /** That share the shards. */
  readonly processes: number;
  /** Beside those of the members: nobody there says anything to the bot. */
  readonly servers: number;
  /** Of the above servers, a second. */
  readonly events: number;
  readonly members: number;
  readonly comparisons: number;
  /** How long the language model takes, in milliseconds. */
  readonly modelDelay: number;
  /** False leaves the retraining out. */
  readonly retraining: boolean;
  readonly store: StoreKind;
  /** The same load once more, on a store of this kind. */
  readonly beside?: StoreKind;
  /** The folder with the large store, which stays for the next run. */
  readonly folder: string;
  /**
   * A store for all processes: in PostgreSQL it is made like the large one, a file is used as it is.
   * Undefined where each process has a copy of the large one, or all a server that is gone afterwards.
   */
  readonly storeUrl?: string;
  /** Given to the bot's Node, as `--cpu-prof`. */
  readonly nodeOptions: readonly string[];
  /** Where the report goes as JSON. */
  readonly json?: string;
}

export type StoreKind = "sqlite" | "postgres";

const KINDS: readonly StoreKind[] = ["sqlite", "postgres"];
const MOST_MEMBERS = 1_000_000;

/** Ends the process with exit code 2 if `parameters` are wrong. */
export function readOptions(parameters: readonly string[]): LoadOptions {
  const command = new Command("npm run load --")
    .description("Loads the bot as a large server does, and measures what Attune itself adds.")
    .option("--seconds <number>", "how long", count, 600)
    .option("--warm-up <seconds>", "of the same load before that, reported apart", whole, 20)
    .option("--messages <number>", "messages to the bot a second", count, 100)
    .option("--reactions <number>", "reactions a second, the votes among them", whole, 500)
    .option("--shards <number>", "shards of the bot", count, 1)
    .option("--processes <number>", "processes that share the shards", count, 1)
    .option("--servers <number>", "servers on which nobody speaks to the bot", whole, 0)
    .option("--events <number>", "events a second on those", whole, 0)
    .option("--members <number>", "members with a profile in the store", count, 10_000)
    .option("--comparisons <number>", "comparisons in the store", count, 1_000_000)
    .option("--model-delay <ms>", "how long the language model takes", whole, 200)
    .option("--no-retraining", "no retraining")
    .addOption(
      new Option("--store <kind>", "postgres: a server of its own, which is gone afterwards")
        .choices(KINDS)
        .default("sqlite"),
    )
    .option(
      "--store-url <url>",
      "a store for all processes: an empty database of PostgreSQL, or a file as it is",
      storeAddress,
    )
    .addOption(
      new Option("--beside <kind>", "the same load once more on the other kind").choices(KINDS),
    )
    .option("--folder <folder>", "where the large store stays", join(tmpdir(), "attune-load"))
    .option("--node-option <option...>", "for the bot's Node, for example --cpu-prof", [])
    .option("--json <file>", "write the report as JSON")
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  command.parse([...parameters], { from: "user" });
  const { nodeOption, ...options } = command.opts();
  if (options.storeUrl !== undefined) {
    options.store = isPostgresUrl(options.storeUrl) ? "postgres" : "sqlite";
  }
  if (options.beside === options.store) {
    command.error(`error: --beside ${options.beside} is what the load runs on anyway.`);
  }
  if (options.processes > options.shards) {
    command.error("error: --processes can't be more than --shards: each holds one at least.");
  }
  if (options.events > 0 && options.servers === 0) {
    command.error("error: --events need --servers on which they happen.");
  }
  return { ...(options as Omit<LoadOptions, "nodeOptions">), nodeOptions: nodeOption };
}

function storeAddress(text: string): string {
  const read = storeUrl().safeParse(text);
  if (read.success) return read.data;
  throw new InvalidArgumentError(`It ${read.error.issues[0]!.message}.`);
}

function count(text: string): number {
  const value = whole(text);
  if (value < 1) throw new InvalidArgumentError("It must be at least 1.");
  return value;
}

function whole(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 100 * MOST_MEMBERS) {
    throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  }
  return value;
}
