/** Where commands are offered: on servers, in direct messages, and wherever a member takes the bot along. */
import {
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";

type Definition = RESTPostAPIApplicationCommandsJSONBody;

/** For commands that make sense for somebody's own app. */
export const EVERYWHERE: readonly InteractionContextType[] = [
  InteractionContextType.Guild,
  InteractionContextType.BotDM,
  InteractionContextType.PrivateChannel,
];

/** Installed on a server, or by the member. */
export const EITHER_WAY: readonly ApplicationIntegrationType[] = [
  ApplicationIntegrationType.GuildInstall,
  ApplicationIntegrationType.UserInstall,
];

/**
 * `definitions` as they are registered. What is not said for either way is for servers alone; where
 * members may not take the bot along, everything is.
 */
export function offered(
  definitions: readonly Definition[],
  mayBeTakenAlong: boolean,
): readonly Definition[] {
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  return definitions.map((definition) => {
    const ways = definition.integration_types ?? [GuildInstall];
    if (mayBeTakenAlong) return { ...definition, integration_types: [...ways] };
    return {
      ...definition,
      integration_types: ways.filter((way) => way !== UserInstall),
      ...(definition.contexts && {
        contexts: definition.contexts.filter(
          (one) => one !== InteractionContextType.PrivateChannel,
        ),
      }),
    };
  });
}
