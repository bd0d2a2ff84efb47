/** A session of the loopback gateway: the events of one shard, in order, for one client. */
import { ShardClientUtil } from "discord.js";
import type { WebSocket } from "ws";

import { snowflake } from "./snowflakes.js";

const DISPATCH = 0;

/** A shard and how many there are, as a client says when it identifies. */
export type ShardPlace = readonly [id: number, count: number];

export class Session {
  readonly id = snowflake();
  readonly events: { op: number; t: string; s: number; d: unknown }[] = [];
  /** Of the last event, and of the last one that the client has told of in a heartbeat. */
  sequence = 0;
  acknowledged = 0;

  constructor(
    readonly shard: ShardPlace,
    public socket: WebSocket | undefined,
  ) {}

  /** Whether the session gets what happens on a server; undefined for what happens on none. */
  hears(guildId: string | undefined): boolean {
    const [id, count] = this.shard;
    if (count === 1) return true;
    return id === (guildId === undefined ? 0 : ShardClientUtil.shardIdForGuildId(guildId, count));
  }

  /** Without a connection it is sent when the session is resumed. */
  send(type: string, data: unknown): void {
    const event = { op: DISPATCH, t: type, s: ++this.sequence, d: data };
    this.events.push(event);
    this.socket?.send(JSON.stringify(event));
  }
}
