/** Events that make discord.js or our listeners throw are logged and skipped: none ends the process. */
import { type Client, GatewayDispatchEvents } from "discord.js";
import type { Log } from "../../shared/log.js";
import { putPollsIntoWords } from "./foreign-polls.js";
import { type Packet, UnknownChannels } from "./unknown-channels.js";

/** The part of discord.js that turns a packet into events. Half of it is private and may change. */
interface PacketHandling {
  emit(type: string, data: unknown, shardId: unknown): boolean;
  handlePacket?: (packet: Packet | undefined, shard: unknown) => boolean;
}

/** Read from the gateway itself; discord.js would cache each reaction with its message. */
const READ_ELSEWHERE: ReadonlySet<unknown> = new Set([
  GatewayDispatchEvents.MessageReactionAdd,
  GatewayDispatchEvents.MessageReactionRemove,
  GatewayDispatchEvents.MessageReactionRemoveAll,
  GatewayDispatchEvents.MessageReactionRemoveEmoji,
]);

/**
 * Catches every error in what is done with a packet of `client`. Packets that come while `isHeld` is false
 * are another process's to handle.
 */
export function guardPackets(client: Client, log: Log, isHeld: () => boolean = () => true): void {
  const manager = client.ws as unknown as PacketHandling;
  const { emit, handlePacket } = manager;
  const unknownChannels = new UnknownChannels(client, log);
  const guarded = (type: unknown, action: () => boolean): boolean => {
    try {
      return action();
    } catch (error) {
      log.error({ event: "discord.bad-event", type: typeOf(type), err: error });
      return true;
    }
  };
  // An event named "error" is thrown if nobody listens, and is caught here like the others.
  manager.emit = (type, ...rest) =>
    !isHeld() || guarded(type, () => emit.call(manager, type, ...rest));
  if (handlePacket === undefined) {
    log.warn({ event: "discord.unguarded" });
    return;
  }
  manager.handlePacket = (packet, shard) => {
    if (READ_ELSEWHERE.has(packet?.t) || !isHeld()) return true;
    const handle = () =>
      guarded(packet?.t, () => {
        putPollsIntoWords(packet, client);
        return handlePacket.call(manager, packet, shard);
      });
    return unknownChannels.takes(packet, handle) || handle();
  };
}

/** Types are capital letters; anything else is not worth a line of the log. */
function typeOf(type: unknown): string {
  return typeof type === "string" && /^[A-Z_]{1,60}$/.test(type) ? type : "unknown";
}
