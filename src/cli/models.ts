/** `npm run models`: the versions of the base rewards, back to an earlier one, and what directives do. */
import { existsSync } from "node:fs";
import { Command, Option } from "commander";
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { createStarterModel, isStarterVersion } from "../../models/rewards/starter.js";
import { loadEnvironment, readConfig } from "../config.js";
import { configuredEncoding } from "../conversation/embeddings/configured-encoder.js";
import { speakerOf } from "../language/say.js";
import { dosesText } from "../observability/doses-text.js";
import { isPostgresUrl } from "../shared/environment/store-url.js";
import { keepFilesPrivate } from "../store/private-file.js";
import { openStore, type Store } from "../store/store.js";
import { ModelLibrary } from "../training/model-library.js";
import { versionTable } from "../training/version-table.js";

const SCOPES = ["discord", "playground", "demonstration"];

/** What the configuration names. */
interface Setting {
  readonly store: Store;
  readonly starter: BaseRewardModel;
}

async function list(setting: Setting): Promise<string> {
  const answering = new Map<string, string>();
  for (const scope of SCOPES) {
    answering.set(scope, (await openLibrary(setting, scope)).current.version);
  }
  const records = await (await openLibrary(setting, SCOPES[0]!)).versions();
  return [versionTable({ records, answering }), ...(await dosesOf(setting))].join("\n\n");
}

/** Of every language model that has answered here. */
async function dosesOf({ store }: Setting): Promise<string[]> {
  const lines: string[] = [];
  for await (const [name, { axes }] of store.doses.entries()) {
    lines.push(`${name}: one step of a directive moves ${dosesText(axes, speakerOf("en"))}.`);
  }
  return lines.length === 0 ? [] : [["Language models:", ...lines].join("\n")];
}

async function restore(setting: Setting, version: string, wanted?: string): Promise<string> {
  const learnedIn = isStarterVersion(version) ? undefined : await setting.store.models.get(version);
  const scope = wanted ?? learnedIn?.scope ?? SCOPES[0]!;
  const library = await openLibrary(setting, scope);
  const before = library.current.version;
  await library.restore(version);
  return `Version ${version} answers in "${scope}" from now on, instead of ${before}. A running bot follows within seconds, and refits each profile when it is next needed.`;
}

function openLibrary({ store, starter }: Setting, scope: string): Promise<ModelLibrary> {
  return ModelLibrary.open(store, scope, starter);
}

/** Opens the store that is configured, and prints what `action` says. */
async function run(action: (setting: Setting) => Promise<string>): Promise<void> {
  const config = readConfig(loadEnvironment());
  const { storeUrl } = config;
  if (!isPostgresUrl(storeUrl) && !existsSync(storeUrl.replace(/^sqlite:\/\//, ""))) {
    throw new Error(
      `There is no store at ${storeUrl} yet: check STORE_URL, or start the bot once.`,
    );
  }
  const store = await openStore(storeUrl, (error) => console.error(error));
  try {
    const starter = createStarterModel(configuredEncoding(config));
    console.log(await action({ store, starter }));
  } finally {
    await store.close();
  }
}

function readCommand(): Command {
  const program = new Command("npm run models --")
    .description(
      "Lists and restores versions of the base rewards. Each belongs to a scope: discord (all servers), playground or demonstration.",
    )
    .showHelpAfterError();
  program
    .command("list")
    .description("shows every version, and which one answers in each scope")
    .action(() => run(list));
  program
    .command("restore")
    .argument("<version>", "one of the list, or starter")
    .addOption(
      new Option(
        "--scope <scope>",
        "where it should answer (default: where it was learned; discord for the starter)",
      ).choices(SCOPES),
    )
    .description("lets an earlier version answer again; a running bot follows within seconds")
    .action((version: string, { scope }: { scope?: string }) =>
      run((setting) => restore(setting, version, scope)),
    );
  return program;
}

keepFilesPrivate();
try {
  await readCommand().parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
