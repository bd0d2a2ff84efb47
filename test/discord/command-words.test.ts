/** Commands in every language: all there, within Discord's limits, registered when they change. */
import type { APIApplicationCommandOption, Locale } from "discord.js";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../commands/all.js";
import { definitionsOf } from "../../src/discord/interactions/command-definitions.js";
import { COMMAND_WORDS } from "../../src/language/command-words.js";
import { startRunningBot } from "../support/running-bot.js";

/** https://discord.com/developers/docs/interactions/application-commands */
const CHAT_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MOST_LETTERS = { name: 32, description: 100, choice: 100, command: 8_000 };
const MESSAGE_COMMAND = 3;

type Words = Readonly<Record<string, string>>;

interface Part {
  readonly path: string;
  readonly kind: "command" | "menu" | "option" | "choice";
  readonly names: Words;
  readonly descriptions: Words | undefined;
  readonly siblings: string;
}

const PARTS = definitionsOf(COMMANDS).flatMap((definition) => {
  const kind = definition.type === MESSAGE_COMMAND ? "menu" : "command";
  return partsOf(definition as never, kind, []);
});
const LOCALES: readonly `${Locale}`[] = ["de", "es-ES", "es-419"];

describe("the names of commands", () => {
  it.each(Object.entries(COMMAND_WORDS))("are all there in %s, and none too many", (_, words) => {
    expect(Object.keys(words).sort()).toEqual([...new Set(PARTS.map(({ path }) => path))].sort());
  });

  it.each(LOCALES)("keep to what Discord allows in %s", (locale) => {
    for (const { path, kind, names, descriptions } of PARTS) {
      const name = names[locale] ?? "";
      const most = kind === "choice" ? MOST_LETTERS.choice : MOST_LETTERS.name;
      expect(name.length, path).toBeGreaterThan(0);
      expect(name.length, path).toBeLessThanOrEqual(most);
      if (kind === "command" || kind === "option") {
        expect(name, path).toMatch(CHAT_NAME);
        expect(name, path).toBe(name.toLocaleLowerCase(locale));
      }
      if (descriptions === undefined) continue;
      const description = descriptions[locale] ?? "";
      expect(description.length, path).toBeGreaterThan(0);
      expect(description.length, path).toBeLessThanOrEqual(MOST_LETTERS.description);
    }
  });

  it.each(["en", ...LOCALES])("differ from their neighbours in %s", (locale) => {
    const seen = PARTS.map(({ names, siblings }) => `${siblings}: ${names[locale]}`);
    expect(seen).toEqual([...new Set(seen)]);
  });

  it("keep each command within the letters that Discord takes", () => {
    for (const definition of definitionsOf(COMMANDS)) {
      expect(JSON.stringify(definition).length).toBeLessThan(MOST_LETTERS.command);
    }
  });
});

describe("the registration", () => {
  it("comes again when the words of one language have changed, and only then", async () => {
    const running = await startRunningBot();
    const { discord } = running;
    const registrations = () =>
      discord.rest.requests.filter(({ method, path }) => method === "PUT" && /commands$/.test(path))
        .length;
    expect(registrations()).toBe(1);
    expect(discord.world.commands[0]!.name_localizations).toMatchObject({ de: "profil" });
    await running.restart();
    expect(registrations()).toBe(1);
    await running.restart(() => {
      discord.world.commands[0]!.name_localizations = { de: "steckbrief" };
    });
    expect(registrations()).toBe(2);
    expect(discord.world.commands[0]!.name_localizations).toMatchObject({ de: "profil" });
    await running.close();
  });
});

type Definition = APIApplicationCommandOption & {
  readonly options?: readonly Definition[];
  readonly choices?: readonly (Definition & { readonly value: string })[];
};

function partsOf(part: Definition, kind: Part["kind"], above: readonly string[]): Part[] {
  const value = kind === "choice" ? (part as unknown as { value: string }).value : part.name;
  const path = [...above, value];
  const own: Part = {
    path: path.join(" "),
    kind,
    names: { en: part.name, ...(part.name_localizations as Words) },
    descriptions: part.description
      ? { en: part.description, ...(part.description_localizations as Words) }
      : undefined,
    siblings: `${kind} of ${above.join(" ")}`,
  };
  return [
    own,
    ...(part.options ?? []).flatMap((option) => partsOf(option, "option", path)),
    ...(part.choices ?? []).flatMap((choice) => partsOf(choice, "choice", path)),
  ];
}
