/** The gateway of the loopback Discord: one session, no resume, nothing remembered. */
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { guildPayload, readyPayload } from "./discord-payloads.js";

const DISPATCH = 0;
const HEARTBEAT = 1;
const IDENTIFY = 2;
const RESUME = 6;
const INVALID_SESSION = 9;
const HELLO = 10;
const ACKNOWLEDGED = 11;
const HEARTBEAT_MS = 41_250;

export class LoadGateway {
  #socket: WebSocket | undefined;
  #sequence = 0;
  #connections = 0;

  constructor(
    http: Server,
    private readonly guilds: number,
    private readonly members: number,
    private readonly url: () => string,
  ) {
    const server = new WebSocketServer({ server: http, perMessageDeflate: false });
    server.on("connection", (socket) => this.#greet(socket));
  }

  /** More than one means that the bot lost its connection. */
  get connections(): number {
    return this.#connections;
  }

  dispatch(type: string, data: object): void {
    this.#sequence++;
    this.#socket?.send(JSON.stringify({ op: DISPATCH, t: type, s: this.#sequence, d: data }));
  }

  #greet(socket: WebSocket): void {
    socket.on("message", (data) => {
      const { op } = JSON.parse(String(data)) as { op: number };
      if (op === HEARTBEAT) socket.send(JSON.stringify({ op: ACKNOWLEDGED }));
      else if (op === RESUME) socket.send(JSON.stringify({ op: INVALID_SESSION, d: false }));
      else if (op === IDENTIFY) this.#identify(socket);
    });
    socket.send(JSON.stringify({ op: HELLO, d: { heartbeat_interval: HEARTBEAT_MS } }));
  }

  #identify(socket: WebSocket): void {
    this.#connections++;
    this.#socket = socket;
    this.#sequence = 0;
    this.dispatch("READY", readyPayload(this.guilds, this.url()));
    for (let guild = 0; guild < this.guilds; guild++) {
      this.dispatch("GUILD_CREATE", guildPayload(guild, this.members));
    }
  }
}
