/** The application as its developer and Discord see it, and its commands. */
import { checkCommands } from "./command-rules.js";
import { userPayload } from "./payloads.js";
import { snowflake } from "./snowflakes.js";
import type { Team, World } from "./world.js";

export function application({ bot, developer, portal, team }: World) {
  const { id, username } = bot;
  const names = {
    id,
    name: username,
    description: "",
    flags: 0,
    bot: userPayload(bot),
    // Both ways of installation, as for new applications.
    integration_types_config: { 0: {}, 1: {} },
    ...portal,
  };
  if (team === undefined) return { ...names, owner: userPayload(developer), team: null };
  return { ...names, owner: userPayload(team.owner), team: teamPayload(team) };
}

function teamPayload({ owner, members }: Team) {
  const team = { id: snowflake(), name: "team", icon: null, owner_user_id: owner.id };
  return {
    ...team,
    members: members.map(({ user, role, accepted }) => ({
      user: userPayload(user),
      team_id: team.id,
      membership_state: accepted ? 2 : 1,
      role,
      permissions: ["*"],
    })),
  };
}

export function setCommands(world: World, body: unknown) {
  checkCommands(body as Record<string, unknown>[], world);
  world.commands = (body as Record<string, unknown>[]).map((command) => ({
    id: snowflake(),
    application_id: world.bot.id,
    version: snowflake(),
    nsfw: false,
    ...command,
    type: command.type ?? 1,
  }));
  return world.commands;
}

/** Discord leaves the words in other languages out unless it is asked for them. */
export function listedCommands({ commands }: World, query: URLSearchParams): unknown {
  if (query.get("with_localizations") === "true") return commands;
  const isWords = (key: string) => /_localizations$/.test(key);
  const text = JSON.stringify(commands, (key, value) => (isWords(key) ? undefined : value));
  return JSON.parse(text);
}
