/** Discord's gateway: hello, identify, heartbeats, ready, dispatches, resume. */
import { once } from "node:events";
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { guildPayload, userPayload } from "./payloads.js";
import { snowflake } from "./snowflakes.js";
import type { World } from "./world.js";

const DISPATCH = 0;
const HEARTBEAT = 1;
const IDENTIFY = 2;
const RESUME = 6;
const RECONNECT = 7;
const INVALID_SESSION = 9;
const HELLO = 10;
const HEARTBEAT_ACKNOWLEDGED = 11;

const HEARTBEAT_INTERVAL_MS = 30_000;
/** So long one answer to a heartbeat is waited for. */
const RETRY_MS = 200;
const AUTHENTICATION_FAILED = 4004;
const DISALLOWED_INTENTS = 4014;
/** Guild members, presences, message content. */
const PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15);

interface Session {
  readonly id: string;
  readonly events: { op: number; t: string; s: number; d: unknown }[];
  /** Of the last event, and of the last one that the client has told of in a heartbeat. */
  sequence: number;
  acknowledged: number;
  socket: WebSocket | undefined;
}

export class Gateway {
  /** The intents of each identify, in order. */
  readonly intents: number[] = [];
  /** How often a session was resumed. */
  resumed = 0;
  heartbeatIntervalMs = HEARTBEAT_INTERVAL_MS;
  acknowledgesHeartbeats = true;
  /** How many heartbeats have come. */
  heartbeats = 0;
  /** The status that every upgrade is answered with, in the place of a connection. */
  refusesWith: number | undefined;
  /** How many were, and how many upgrades were asked for. */
  refused = 0;
  asked = 0;
  /** How long an upgrade takes. */
  upgradeMs = 0;
  /** Whether every connection is asked for a heartbeat at once. */
  asksForHeartbeats = false;
  /** Whether the gateway knows the token that the requests are made with. */
  acceptsTokens = true;
  readonly #sessions = new Map<string, Session>();
  readonly #server: WebSocketServer;

  constructor(
    http: Server,
    private readonly world: World,
    private readonly token: string,
    private readonly url: () => string,
  ) {
    this.#server = new WebSocketServer({ noServer: true });
    this.#server.on("connection", (socket) => this.#greet(socket));
    http.on("upgrade", (request, socket, head) => {
      this.asked++;
      if (this.refusesWith === undefined) {
        const upgrade = () =>
          this.#server.handleUpgrade(request, socket, head, (connection) =>
            this.#server.emit("connection", connection, request),
          );
        if (this.upgradeMs === 0) upgrade();
        else setTimeout(upgrade, this.upgradeMs);
        return;
      }
      const answer = `HTTP/1.1 ${this.refusesWith} Refused\r\ncontent-length: 0\r\n\r\n`;
      setTimeout(() => {
        this.refused++;
        socket.end(answer);
      }, this.upgradeMs);
    });
  }

  /** Sends an event to every session; a session without a connection gets it when it resumes. */
  dispatch(type: string, data: unknown): void {
    for (const session of this.#sessions.values()) {
      this.#send(session, type, data);
    }
  }

  /** Cuts every connection, as a network does. Sessions can be resumed. */
  dropConnections(): void {
    for (const session of this.#sessions.values()) session.socket = undefined;
    for (const socket of this.#server.clients) socket.terminate();
  }

  /** Resolves once every client has taken all events so far: it says so when it is asked for a heartbeat. */
  async settled(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => this.#taken(session)));
  }

  async #taken(session: Session): Promise<void> {
    const last = session.sequence;
    while (session.acknowledged < last && this.#sessions.has(session.id)) {
      session.socket?.send(JSON.stringify({ op: HEARTBEAT }));
      // A client that is asked often may take its connection for dead, and come back with another.
      const late = AbortSignal.timeout(RETRY_MS);
      await once(session.socket ?? this.#server, "message", { signal: late }).catch(
        () => undefined,
      );
    }
  }

  /** Forgets the events of the past, which nobody can have again by resuming then. */
  forgetEvents(): void {
    for (const session of this.#sessions.values()) session.events.length = 0;
  }

  /** Forgets all sessions: whoever resumes one is told that it is invalid. */
  forgetSessions(): void {
    this.#sessions.clear();
  }

  /** Asks every connection to be made anew; the sessions go on. */
  requestReconnect(): void {
    this.#sendAll({ op: RECONNECT });
  }

  /** Says that the session is invalid, and perhaps that it may be resumed all the same. */
  invalidateSessions(resumable: boolean): void {
    if (!resumable) this.#sessions.clear();
    this.#sendAll({ op: INVALID_SESSION, d: resumable });
  }

  /** Closes every connection with Discord's `code`. */
  closeConnections(code: number): void {
    for (const socket of this.#server.clients) socket.close(code);
  }

  get connections(): number {
    return this.#server.clients.size;
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #greet(socket: WebSocket): void {
    socket.on("message", (data) => {
      const { op, d } = JSON.parse(String(data)) as { op: number; d: Record<string, unknown> };
      if (op === HEARTBEAT) this.#acknowledge(socket, d as unknown);
      else if (op === IDENTIFY) this.#identify(socket, d);
      else if (op === RESUME) this.#resume(socket, d);
    });
    socket.on("close", () => {
      for (const session of this.#sessions.values()) {
        if (session.socket !== socket) continue;
        session.socket = undefined;
      }
    });
    const hello = { op: HELLO, d: { heartbeat_interval: this.heartbeatIntervalMs } };
    socket.send(JSON.stringify(hello));
    if (this.asksForHeartbeats) socket.send(JSON.stringify({ op: HEARTBEAT }));
  }

  #acknowledge(socket: WebSocket, sequence: unknown): void {
    this.heartbeats++;
    for (const session of this.#sessions.values()) {
      if (session.socket === socket) session.acknowledged = Number(sequence ?? 0);
    }
    if (!this.acknowledgesHeartbeats) return;
    socket.send(JSON.stringify({ op: HEARTBEAT_ACKNOWLEDGED }));
  }

  #sendAll(message: object): void {
    for (const socket of this.#server.clients) socket.send(JSON.stringify(message));
  }

  #identify(socket: WebSocket, { token, intents }: Record<string, unknown>): void {
    if (token !== this.token || !this.acceptsTokens) {
      socket.close(AUTHENTICATION_FAILED, "Authentication failed.");
      return;
    }
    if ((intents as number) & PRIVILEGED_INTENTS) {
      socket.close(DISALLOWED_INTENTS, "Disallowed intent(s).");
      return;
    }
    this.intents.push(intents as number);
    const session: Session = { id: snowflake(), events: [], sequence: 0, acknowledged: 0, socket };
    this.#sessions.set(session.id, session);
    const guilds = [...this.world.guilds.values()];
    this.#send(session, "READY", {
      v: 10,
      user: userPayload(this.world.bot),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.url(),
      application: { id: this.world.bot.id, flags: 0 },
    });
    for (const guild of guilds) {
      this.#send(session, "GUILD_CREATE", guildPayload(guild, this.world));
    }
  }

  #resume(socket: WebSocket, { token, session_id, seq }: Record<string, unknown>): void {
    const session = this.#sessions.get(session_id as string);
    if (token !== this.token || session === undefined) {
      socket.send(JSON.stringify({ op: INVALID_SESSION, d: false }));
      return;
    }
    session.socket = socket;
    this.resumed++;
    const missed = session.events.filter(({ s }) => s > (seq as number));
    for (const event of missed) socket.send(JSON.stringify(event));
    this.#send(session, "RESUMED", {});
  }

  #send(session: Session, type: string, data: unknown): void {
    const event = { op: DISPATCH, t: type, s: ++session.sequence, d: data };
    session.events.push(event);
    session.socket?.send(JSON.stringify(event));
  }
}
