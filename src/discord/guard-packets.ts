/** Events that discord.js itself stumbles over are logged and passed over: none ends the process. */
import type { Client } from "discord.js";
import type { Log } from "../log.js";

/** The part of discord.js that turns a packet into events. It is private there, and may move. */
interface PacketHandling {
  on(name: "error", listener: () => void): unknown;
  handlePacket?: (packet: { readonly t?: unknown } | undefined, shard: unknown) => boolean;
}

/** Puts a net below everything that `client` does with a packet, our own listeners included. */
export function guardPackets(client: Client, log: Log): void {
  const manager = client.ws as unknown as PacketHandling;
  // An event of the name "error" would be thrown where nobody listens.
  manager.on("error", () => log.error({ event: "discord.bad-event", type: "error" }));
  const handle = manager.handlePacket;
  if (handle === undefined) {
    log.warn({ event: "discord.unguarded" });
    return;
  }
  manager.handlePacket = (packet, shard) => {
    try {
      return handle.call(manager, packet, shard);
    } catch (error) {
      log.error({ event: "discord.bad-event", type: typeOf(packet?.t), err: error });
      return true;
    }
  };
}

/** Types are capital letters; anything else is not worth a line of the log. */
function typeOf(type: unknown): string {
  return typeof type === "string" && /^[A-Z_]{1,60}$/.test(type) ? type : "unknown";
}
