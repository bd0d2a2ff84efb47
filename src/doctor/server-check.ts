/** One Discord server: whether the bot may do what it needs in the channels where it is to speak. */
import {
  type APIGuildChannel,
  type APIGuildMember,
  ChannelType,
  type REST,
  type RESTGetAPICurrentUserGuildsResult,
  Routes,
} from "discord.js";
import type { SettingsRecord } from "../store/records.js";
import { type BotInGuild, missingIn } from "./channel-permissions.js";
import { discordProblem } from "./discord-problem.js";
import { advice, type Finding, well, wrong } from "./finding.js";

type PartialGuild = RESTGetAPICurrentUserGuildsResult[number];
type ChannelOfGuild = APIGuildChannel & { readonly name: string };

const TEXT_CHANNELS: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
]);
const MOST_NAMED = 5;
const REMEDY =
  "in Discord, open the channel's settings, Permissions, and allow them for the bot's role.";

export interface ServerToCheck {
  readonly guild: Pick<PartialGuild, "id" | "name" | "permissions">;
  readonly botId: string;
  readonly settings: Pick<SettingsRecord, "channelIds" | "reportChannelId">;
}

/** Never throws: what Discord refuses is a finding. */
export async function checkServerChannels(
  rest: REST,
  { guild, botId, settings }: ServerToCheck,
): Promise<Finding[]> {
  const topic = `Server ${guild.name}`;
  try {
    const channels = (await rest.get(Routes.guildChannels(guild.id))) as ChannelOfGuild[];
    const member = (await rest.get(Routes.guildMember(guild.id, botId))) as APIGuildMember;
    const bot: BotInGuild = {
      guildId: guild.id,
      botId,
      roleIds: member.roles,
      permissions: BigInt(guild.permissions),
    };
    const { channelIds, reportChannelId } = settings;
    const wanted = [...(channelIds ?? []), ...(reportChannelId ? [reportChannelId] : [])];
    return channelIds === undefined
      ? [openServer(topic, channels, bot)]
      : [...new Set(wanted)].map((id) => allowedChannel(topic, id, channels, bot));
  } catch (error) {
    return [discordProblem(topic, error)];
  }
}

/** Where the bot may speak everywhere: some channels that it may not use are the admin's own choice. */
function openServer(topic: string, channels: readonly ChannelOfGuild[], bot: BotInGuild): Finding {
  const texts = channels.filter(({ type }) => TEXT_CHANNELS.has(type));
  const usable = texts.filter((channel) => missingIn(channel, bot).length === 0);
  if (usable.length === 0) {
    const lacking = texts[0] === undefined ? [] : missingIn(texts[0], bot);
    const what =
      lacking.length === 0
        ? "there is no text channel"
        : `#${texts[0]!.name} lacks ${lacking.join(", ")}`;
    return wrong(topic, `the bot can speak in no channel: ${what}.`, REMEDY);
  }
  const half = texts.filter((channel) => {
    const missing = missingIn(channel, bot);
    return missing.length > 0 && !missing.includes("View Channel");
  });
  if (half.length > 0) {
    const named = half
      .slice(0, MOST_NAMED)
      .map((channel) => `#${channel.name} lacks ${missingIn(channel, bot).join(", ")}`);
    const more = half.length > MOST_NAMED ? ` and ${half.length - MOST_NAMED} more` : "";
    return advice(
      topic,
      `the bot sees channels in which it can't do all it needs: ${named.join("; ")}${more}.`,
      `${REMEDY} Or name the channels that are meant with /settings channels.`,
    );
  }
  return well(topic, `the bot can speak in ${usable.length} of ${texts.length} text channels.`);
}

/** A channel that /settings names. */
function allowedChannel(
  topic: string,
  id: string,
  channels: readonly ChannelOfGuild[],
  bot: BotInGuild,
): Finding {
  const channel = channels.find((one) => one.id === id);
  if (channel === undefined) {
    return wrong(
      topic,
      `/settings names the channel ${id}, which is gone.`,
      "choose the channels again with /settings channels.",
    );
  }
  const missing = missingIn(channel, bot);
  if (missing.length === 0) return well(topic, `the bot may do all it needs in #${channel.name}.`);
  return wrong(topic, `in #${channel.name} the bot lacks ${missing.join(", ")}.`, REMEDY);
}
