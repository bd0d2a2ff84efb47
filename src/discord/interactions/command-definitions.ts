/** The commands as Discord gets them: each with its names and descriptions in every language. */
import { Locale, type RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import { COMMAND_WORDS } from "../../language/command-words.js";
import type { Command } from "./command.js";

type Definition = RESTPostAPIApplicationCommandsJSONBody;

/** Which of our languages each of Discord's locales gets; the others get English. */
const LOCALES = [
  [Locale.German, "de"],
  [Locale.SpanishES, "es"],
  [Locale.SpanishLATAM, "es"],
] as const;

/** A command, a subcommand, an option or a choice, as far as it is read here. */
interface Part {
  readonly name: string;
  readonly description?: string;
  readonly value?: string | number;
  readonly options?: readonly Part[];
  readonly choices?: readonly Part[];
}

/** What to register: the definitions of `commands`, with all that the catalogue says of them. */
export function definitionsOf(commands: readonly Command[]): Definition[] {
  return commands.map(({ definition }) => localized(definition as Part, []) as Definition);
}

function localized(part: Part, above: readonly string[]): Part {
  const path = [...above, part.value === undefined ? part.name : String(part.value)];
  const { options, choices, description } = part;
  return {
    ...part,
    ...localizations("name_localizations", path, 0),
    ...(description && localizations("description_localizations", path, 1)),
    ...(options && { options: options.map((option) => localized(option, path)) }),
    ...(choices && { choices: choices.map((choice) => localized(choice, path)) }),
  };
}

/** Those that the catalogue has: a command of an unknown path keeps its English words. */
function localizations(field: string, path: readonly string[], at: 0 | 1) {
  const words = LOCALES.flatMap(([locale, language]) => {
    const text = COMMAND_WORDS[language][path.join(" ")]?.[at];
    return text === undefined ? [] : [[locale, text] as const];
  });
  return words.length === 0 ? {} : { [field]: Object.fromEntries(words) };
}
