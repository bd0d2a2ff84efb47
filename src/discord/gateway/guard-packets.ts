/** Events that discord.js or our listeners stumble over are logged and passed over: none ends the process. */
import { type Client, GatewayDispatchEvents } from "discord.js";
import type { Log } from "../../shared/log.js";
import { type Packet, UntoldChannels } from "./untold-channels.js";

/** The part of discord.js that turns a packet into events. Half of it is private there, and may move. */
interface PacketHandling {
  emit(type: string, data: unknown, shardId: unknown): boolean;
  handlePacket?: (packet: Packet | undefined, shard: unknown) => boolean;
}

/** Read from the gateway itself; discord.js would keep each reaction beside the message in its cache. */
const READ_ELSEWHERE: ReadonlySet<unknown> = new Set([
  GatewayDispatchEvents.MessageReactionAdd,
  GatewayDispatchEvents.MessageReactionRemove,
  GatewayDispatchEvents.MessageReactionRemoveAll,
  GatewayDispatchEvents.MessageReactionRemoveEmoji,
]);

/** Puts a net below everything that is done with a packet of `client`. */
export function guardPackets(client: Client, log: Log): void {
  const manager = client.ws as unknown as PacketHandling;
  const { emit, handlePacket } = manager;
  const untold = new UntoldChannels(client, log);
  const guarded = (type: unknown, action: () => boolean): boolean => {
    try {
      return action();
    } catch (error) {
      log.error({ event: "discord.bad-event", type: typeOf(type), err: error });
      return true;
    }
  };
  // An event of the name "error" is thrown where nobody listens, and caught here with the others.
  manager.emit = (type, ...rest) => guarded(type, () => emit.call(manager, type, ...rest));
  if (handlePacket === undefined) {
    log.warn({ event: "discord.unguarded" });
    return;
  }
  manager.handlePacket = (packet, shard) => {
    if (READ_ELSEWHERE.has(packet?.t)) return true;
    const handle = () => guarded(packet?.t, () => handlePacket.call(manager, packet, shard));
    return untold.takes(packet, handle) || handle();
  };
}

/** Types are capital letters; anything else is not worth a line of the log. */
function typeOf(type: unknown): string {
  return typeof type === "string" && /^[A-Z_]{1,60}$/.test(type) ? type : "unknown";
}
