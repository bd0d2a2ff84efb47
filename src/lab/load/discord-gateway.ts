/** The gateway of the loopback Discord: one session for each shard, no resume, nothing remembered. */
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { shardOf } from "../../guilds/shards.js";
import { readyPayload } from "./discord-payloads.js";

const DISPATCH = 0;
const HEARTBEAT = 1;
const IDENTIFY = 2;
const RESUME = 6;
const INVALID_SESSION = 9;
const HELLO = 10;
const ACKNOWLEDGED = 11;
const HEARTBEAT_MS = 41_250;
const FIRST_SHARD = 0;

/** A server, and what a bot is told about it when it connects. */
export interface ListedServer {
  readonly id: string;
  readonly payload: () => object;
}

interface Session {
  readonly socket: WebSocket;
  sequence: number;
}

export class LoadGateway {
  /** By the shard's number. */
  readonly #sessions = new Map<number, Session>();
  #connections = 0;

  constructor(
    http: Server,
    private readonly servers: readonly ListedServer[],
    private readonly shards: number,
    private readonly url: () => string,
  ) {
    const server = new WebSocketServer({ server: http, perMessageDeflate: false });
    server.on("connection", (socket) => this.#greet(socket));
  }

  /** More than there are shards means that the bot lost a connection. */
  get connections(): number {
    return this.#connections;
  }

  /** Tells it on the shard of the server that `data` names. */
  dispatch(type: string, data: object): void {
    const { guild_id: guildId } = data as { readonly guild_id?: string };
    const shard = guildId === undefined ? FIRST_SHARD : shardOf(guildId, this.shards);
    send(this.#sessions.get(shard), type, data);
  }

  #greet(socket: WebSocket): void {
    socket.on("message", (data) => {
      const { op, d } = JSON.parse(String(data)) as { op: number; d: { shard?: [number, number] } };
      if (op === HEARTBEAT) socket.send(JSON.stringify({ op: ACKNOWLEDGED }));
      else if (op === RESUME) socket.send(JSON.stringify({ op: INVALID_SESSION, d: false }));
      else if (op === IDENTIFY) this.#identify(socket, d.shard?.[0] ?? FIRST_SHARD);
    });
    socket.send(JSON.stringify({ op: HELLO, d: { heartbeat_interval: HEARTBEAT_MS } }));
  }

  #identify(socket: WebSocket, shard: number): void {
    this.#connections++;
    const session = { socket, sequence: 0 };
    this.#sessions.set(shard, session);
    const servers = this.servers.filter(({ id }) => shardOf(id, this.shards) === shard);
    const ids = servers.map(({ id }) => id);
    send(session, "READY", readyPayload(ids, this.url()));
    for (const { payload } of servers) send(session, "GUILD_CREATE", payload());
  }
}

function send(session: Session | undefined, type: string, data: object): void {
  if (session === undefined) return;
  session.sequence++;
  session.socket.send(JSON.stringify({ op: DISPATCH, t: type, s: session.sequence, d: data }));
}
