/** One Discord server: whether the bot may do what it needs in the channels where it is to speak. */
import {
  type APIGuildChannel,
  type APIGuildMember,
  ChannelType,
  type REST,
  type RESTGetAPICurrentUserGuildsResult,
  Routes,
} from "discord.js";
import type { Say } from "../language/say.js";
import type { SettingsRecord } from "../store/records.js";
import { type BotInGuild, missingIn, type Needed } from "./channel-permissions.js";
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

export interface ServerToCheck {
  readonly guild: Pick<PartialGuild, "id" | "name" | "permissions">;
  readonly botId: string;
  readonly settings: Pick<SettingsRecord, "channelIds" | "reportChannelId">;
}

/** In the language of `say`. Never throws: what Discord refuses is a finding. */
export async function checkServerChannels(
  rest: REST,
  { guild, botId, settings }: ServerToCheck,
  say: Say,
): Promise<Finding[]> {
  const topic = say("doctor.server", { name: guild.name });
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
    if (channelIds === undefined) return [openServer(topic, channels, bot, say)];
    const wanted = new Set([...channelIds, ...(reportChannelId ? [reportChannelId] : [])]);
    return [...wanted].map((id) => allowedChannel({ topic, id, channels, bot, say }));
  } catch (error) {
    return [discordProblem(topic, error)];
  }
}

/** Where the bot may speak everywhere: a channel that it can't see is the admin's own choice. */
function openServer(
  topic: string,
  channels: readonly ChannelOfGuild[],
  bot: BotInGuild,
  say: Say,
): Finding {
  const texts = channels.filter(({ type }) => TEXT_CHANNELS.has(type));
  const lacking = texts.map((channel) => ({
    channel: channel.name,
    missing: missingIn(channel, bot),
  }));
  const usable = lacking.filter(({ missing }) => missing.length === 0).length;
  const [first] = lacking;
  const remedy = say("doctor.allowThem");
  if (first === undefined) return wrong(topic, say("doctor.noTextChannel"), remedy);
  if (usable === 0) {
    const { channel, missing } = first;
    const text = say("doctor.speaksNowhere", { channel, missing: named(missing, say) });
    return wrong(topic, text, remedy);
  }
  const half = lacking.filter(({ missing }) => missing.length > 0 && missing[0] !== "ViewChannel");
  if (half.length === 0) {
    return well(topic, say("doctor.speaksIn", { count: usable, total: texts.length }));
  }
  const some = half
    .slice(0, MOST_NAMED)
    .map(({ channel, missing }) => say("doctor.lacks", { channel, missing: named(missing, say) }));
  const others = half.length - MOST_NAMED;
  const more = others > 0 ? ` ${say("doctor.andMore", { count: others })}` : "";
  const text = say("doctor.lacksInSome", { channels: some.join("; ") + more });
  return advice(topic, text, `${remedy} ${say("doctor.orName")}`);
}

interface AllowedChannel {
  readonly topic: string;
  readonly id: string;
  readonly channels: readonly ChannelOfGuild[];
  readonly bot: BotInGuild;
  readonly say: Say;
}

/** A channel that /settings names. */
function allowedChannel({ topic, id, channels, bot, say }: AllowedChannel): Finding {
  const channel = channels.find((one) => one.id === id);
  if (channel === undefined) {
    return wrong(topic, say("doctor.channelGone", { id }), say("doctor.chooseAgain"));
  }
  const missing = missingIn(channel, bot);
  if (missing.length === 0) {
    return well(topic, say("doctor.mayAllIn", { channel: channel.name }));
  }
  const values = { channel: channel.name, missing: named(missing, say) };
  return wrong(topic, say("doctor.lacksIn", values), say("doctor.allowThem"));
}

/** As Discord names them. */
function named(missing: readonly Needed[], say: Say): string {
  return missing.map((name) => say(PERMISSION_KEYS[name])).join(", ");
}

const PERMISSION_KEYS = {
  ViewChannel: "doctor.viewChannel",
  SendMessages: "doctor.sendMessages",
  SendMessagesInThreads: "doctor.sendMessagesInThreads",
  ReadMessageHistory: "doctor.readMessageHistory",
  EmbedLinks: "doctor.embedLinks",
  AddReactions: "doctor.addReactions",
} as const;
