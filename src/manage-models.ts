/** `npm run models`: the versions of the base rewards, and back to an earlier one. */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import type { BaseRewardModel } from "../models/base-rewards.js";
import { createStarterModel, isStarterVersion } from "../models/starter.js";
import { loadEnvironment, readConfig } from "./config.js";
import { configuredEncoding } from "./encoding/configured-encoder.js";
import { keepFilesPrivate } from "./storage/private-file.js";
import { openStore, type Store } from "./storage/store.js";
import { ModelLibrary } from "./training/model-library.js";
import { versionTable } from "./training/version-table.js";

const USAGE = `Usage:
  npm run models -- list
  npm run models -- restore VERSION [--scope SCOPE]

VERSION is one that the list shows, or "starter". Base rewards belong to a scope: "discord" (all
servers), "playground" or "demonstration". A version is restored in the scope that it was learned in,
the starter in "discord" where --scope does not say otherwise. A running bot follows within seconds.`;

const SCOPES = ["discord", "playground", "demonstration"];

class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What the configuration names. */
interface Setting {
  readonly store: Store;
  readonly starter: BaseRewardModel;
}

type Command = (setting: Setting) => Promise<string>;

function parseCommand(parameters: readonly string[]): Command {
  const { positionals, values } = parse(parameters);
  const [verb, version, ...rest] = positionals;
  const { scope } = values;
  if (scope !== undefined && !SCOPES.includes(scope)) {
    throw new UsageError(`--scope should be one of ${SCOPES.join(", ")}.`);
  }
  if (verb === "list" && version === undefined) return list;
  if (verb === "restore" && version !== undefined && rest.length === 0) {
    return (setting) => restore(setting, version, scope);
  }
  throw new UsageError(
    verb === "restore" && version === undefined
      ? "Say which version to restore."
      : `Don't know what to do with "${positionals.join(" ")}".`,
  );
}

function parse(parameters: readonly string[]) {
  try {
    const options = { scope: { type: "string" } } as const;
    return parseArgs({ args: [...parameters], options, allowPositionals: true });
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

async function list(setting: Setting): Promise<string> {
  const answering = new Map<string, string>();
  for (const scope of SCOPES) {
    answering.set(scope, (await openLibrary(setting, scope)).current.version);
  }
  const records = await (await openLibrary(setting, SCOPES[0]!)).versions();
  return versionTable({ records, answering });
}

async function restore(setting: Setting, version: string, wanted?: string): Promise<string> {
  const learnedIn = isStarterVersion(version) ? undefined : await setting.store.models.get(version);
  const scope = wanted ?? learnedIn?.scope ?? SCOPES[0]!;
  const library = await openLibrary(setting, scope);
  const before = library.current.version;
  await library.restore(version);
  return `Version ${version} answers in "${scope}" from now on, instead of ${before}. A running bot follows within seconds; each profile is refitted when it is next needed.`;
}

function openLibrary({ store, starter }: Setting, scope: string): Promise<ModelLibrary> {
  return ModelLibrary.open(store, scope, starter);
}

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  const config = readConfig(loadEnvironment());
  const { storeUrl } = config;
  if (!existsSync(storeUrl.replace(/^sqlite:\/\//, ""))) {
    throw new Error(
      `There is no store at ${storeUrl} yet: check STORE_URL, or start the bot once.`,
    );
  }
  const store = await openStore(storeUrl, (error) => console.error(error));
  try {
    const starter = createStarterModel(configuredEncoding(config));
    console.log(await command({ store, starter }));
  } finally {
    await store.close();
  }
}

keepFilesPrivate();
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof UsageError) console.error(`\n${USAGE}`);
  process.exitCode = 1;
}
