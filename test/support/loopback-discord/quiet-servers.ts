/** Servers on which nobody speaks to the bot, on the loopback Discord: much happens there all the same. */
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { CHANNELS_OF_QUIET, guildId, quietChannelId } from "../../../src/lab/load/places.js";
import { QuietServers } from "../../../src/lab/load/quiet-servers.js";
import type { LoopbackDiscord } from "./loopback-discord.js";

const TICK_MS = 20;

/** Adds `count` of them before the bot logs in; `start` makes `perSecond` events happen until it is stopped. */
export function addQuietServers({ world, gateway }: LoopbackDiscord, count: number) {
  for (let guild = 0; guild < count; guild++) {
    const { id } = world.addGuild(`quiet ${guild}`, guildId(guild));
    for (let at = 0; at < CHANNELS_OF_QUIET; at++) {
      const channelId = quietChannelId(guild, at);
      world.channels.set(channelId, { id: channelId, guildId: id, name: `channel-${at}` });
    }
  }
  const servers = new QuietServers(gateway, 0, count, createRandomGenerator(1));
  return {
    /** Returns what stops it and says how many events there were. */
    start(perSecond: number): () => number {
      const begun = performance.now();
      let events = 0;
      const timer = setInterval(() => {
        const due = ((performance.now() - begun) / 1000) * perSecond;
        for (; events < due; events++) servers.happen();
      }, TICK_MS);
      return () => {
        clearInterval(timer);
        return events;
      };
    },
  };
}
