/** The token, the application's switches in the Developer Portal, and every server's channels. */
import {
  type APIApplication,
  ApplicationFlags,
  ApplicationIntegrationType,
  type REST,
  type RESTGetAPICurrentUserGuildsResult,
  type RESTGetAPIGatewayBotResult,
  Routes,
} from "discord.js";
import type { UserInstall } from "../config.js";
import { speakerOf } from "../language/say.js";
import type { ShardConfig } from "../shared/environment/shard-variables.js";
import type { SettingsRecord } from "../store/records.js";
import { NEEDED_BITS } from "./channel-permissions.js";
import { discordProblem } from "./discord-problem.js";
import { advice, type Finding, well, wrong } from "./finding.js";
import { checkServerChannels } from "./server-check.js";

const PORTAL = "https://discord.com/developers/applications";
/** Beyond that many a look at every one would take minutes of Discord's rate limit. */
const MOST_SERVERS = 25;
const FEW_STARTS = 20;
const SERVERS_OF_A_SHARD = "2,500";

const INTENTS: readonly (readonly [name: string, flags: number])[] = [
  ["Presence", ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited],
  [
    "Server Members",
    ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
  ],
  [
    "Message Content",
    ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
  ],
];

/** What the admin of each server has chosen. */
export type SettingsOf = (guildId: string) => Promise<SettingsRecord>;

/** All that Discord can tell with the bot's token. Never throws. */
export async function checkDiscord(
  rest: REST,
  settingsOf: SettingsOf,
  userInstall: UserInstall,
  shards: ShardConfig,
): Promise<Finding[]> {
  let application: APIApplication;
  try {
    application = (await rest.get(Routes.currentApplication())) as APIApplication;
  } catch (error) {
    return [discordProblem("Token", error)];
  }
  const named = well("Token", `it is that of ${application.name}.`);
  return [
    named,
    ...checkApplication(application),
    ...checkUserInstall(application, userInstall),
    well("Invitation", invitationOf(application.id)),
    ...(await checkGateway(rest, shards)),
    ...(await checkServers(rest, application.bot?.id ?? application.id, settingsOf)),
  ];
}

/** The address with which an admin adds the bot to a server. */
export function invitationOf(applicationId: string): string {
  const query = `client_id=${applicationId}&scope=bot+applications.commands&permissions=${NEEDED_BITS}`;
  return `https://discord.com/oauth2/authorize?${query}`;
}

function checkApplication(application: APIApplication): Finding[] {
  const { flags = 0, bot_require_code_grant: needsGrant } = application;
  const endpoint = application.interactions_endpoint_url;
  const on = INTENTS.filter(([, bits]) => (flags & bits) !== 0).map(([name]) => name);
  const findings = [
    on.length === 0
      ? well("Intents", "no privileged intent is on, and none is needed.")
      : advice(
          "Intents",
          `${on.join(", ")} ${on.length === 1 ? "is" : "are"} on.`,
          `switch ${on.length === 1 ? "it" : "them"} off at ${PORTAL} (Bot, Privileged Gateway Intents): Attune needs none, and so can't read what is not meant for it.`,
        ),
  ];
  if (endpoint) {
    findings.push(
      wrong(
        "Commands",
        `Discord sends them to ${endpoint} and not to the bot.`,
        `empty the field Interactions Endpoint URL at ${PORTAL} (General Information).`,
      ),
    );
  }
  if (needsGrant) {
    findings.push(
      wrong(
        "Invitation",
        "it fails, since a code grant is required.",
        `switch off Requires OAuth2 Code Grant at ${PORTAL} (Bot).`,
      ),
    );
  }
  return findings;
}

/** Members can take the bot along only if its page at Discord and the settings both allow it. */
function checkUserInstall(
  { integration_types_config: ways = {} }: APIApplication,
  userInstall: UserInstall,
): Finding[] {
  const isTicked = ways[ApplicationIntegrationType.UserInstall] !== undefined;
  if (isTicked || userInstall === "off") return [];
  return [
    advice(
      "Personal use",
      "nobody can take the bot along as their own app, although USER_INSTALL allows it.",
      `tick User Install at ${PORTAL} (Installation), or set USER_INSTALL=off.`,
    ),
  ];
}

async function checkGateway(rest: REST, { count }: ShardConfig): Promise<Finding[]> {
  try {
    const { session_start_limit: starts, shards: recommended } = (await rest.get(
      Routes.gatewayBot(),
    )) as RESTGetAPIGatewayBotResult;
    const findings: Finding[] = [];
    if (starts.remaining < FEW_STARTS) {
      const hours = Math.ceil(starts.reset_after / 3_600_000);
      findings.push(
        wrong(
          "Starts",
          `Discord allows ${starts.remaining} more of ${starts.total} in the next ${hours} h: something starts the bot again and again.`,
          "stop it, look for the reason in the log, and start it once.",
        ),
      );
    }
    if (count !== undefined && recommended > count) {
      findings.push(
        advice(
          "Shards",
          `Discord recommends ${recommended} for so many servers, and SHARD_COUNT is ${count}.`,
          `raise it before Discord refuses the connection, at ${SERVERS_OF_A_SHARD} servers each: auto for one process, the same number for every process where there are several.`,
        ),
      );
    }
    return findings;
  } catch (error) {
    return [discordProblem("Gateway", error)];
  }
}

async function checkServers(rest: REST, botId: string, settingsOf: SettingsOf): Promise<Finding[]> {
  try {
    const guilds = (await rest.get(Routes.userGuilds())) as RESTGetAPICurrentUserGuildsResult;
    if (guilds.length === 0) {
      return [
        advice(
          "Servers",
          "the bot is on none.",
          `open the invitation above in a browser and choose a server of yours.`,
        ),
      ];
    }
    const findings: Finding[] = [];
    for (const guild of guilds.slice(0, MOST_SERVERS)) {
      const settings = await settingsOf(guild.id);
      findings.push(
        ...(await checkServerChannels(rest, { guild, botId, settings }, speakerOf("en"))),
      );
    }
    const unseen = guilds.length - MOST_SERVERS;
    if (unseen > 0) {
      findings.push(
        advice("Servers", `${unseen} more were not looked at.`, "use /status check on each."),
      );
    }
    return findings;
  } catch (error) {
    return [discordProblem("Servers", error)];
  }
}
