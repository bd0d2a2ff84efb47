import { GatewayDispatchEvents } from "discord.js";
import { expect, it } from "vitest";
import { createClient } from "../../src/discord/gateway/client.js";
import { guardPackets } from "../../src/discord/gateway/guard-packets.js";
import { silentLog } from "../support/silent-log.js";

it("packets that have piled up while the process slept are passed on to nobody", () => {
  const client = createClient("http://127.0.0.1:1", silentLog);
  let isHeld = true;
  guardPackets(client, silentLog, () => isHeld);
  const seen: unknown[] = [];
  client.ws.on(GatewayDispatchEvents.MessageReactionAdd, ({ message_id: id }) => seen.push(id));
  const emit = (id: string) =>
    (client.ws as unknown as { emit(...event: unknown[]): boolean }).emit(
      GatewayDispatchEvents.MessageReactionAdd,
      { message_id: id },
      0,
    );
  emit("1");
  isHeld = false;
  emit("2");
  expect(seen).toEqual(["1"]);
});
