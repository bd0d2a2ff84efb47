/** Discord's gateway: hello, identify, shards, heartbeats, ready, dispatches, resume. */
import { once } from "node:events";
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { guildPayload, userPayload } from "./payloads.js";
import { Session, type ShardPlace } from "./session.js";
import type { Guild, World } from "./world.js";

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
const INVALID_SHARD = 4010;
const SHARDING_REQUIRED = 4011;
const DISALLOWED_INTENTS = 4014;
/** After these the session is over; it can be resumed after every other code. */
const GOODBYES: ReadonlySet<number> = new Set([1000, 1001]);
/** Guild members, presences, message content. */
const PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15);

interface Identify {
  readonly token: string;
  readonly intents: number;
  readonly shard?: ShardPlace;
}

export class Gateway {
  /** The intents of each identify, in order. */
  readonly intents: number[] = [];
  /** The shards of each identify, in order. */
  readonly identified: ShardPlace[] = [];
  /** How many shards a bot is told to have. */
  recommendedShards = 1;
  /** So many shards may identify at the same time: those whose numbers differ modulo this. */
  maxConcurrency = 16;
  /** Before a shard may identify after another one whose number is the same modulo the above. */
  identifyPauseMs = 0;
  /** A session with more servers is refused. */
  mostServers = 2500;
  /** Shards whose connections are cut at once, as often as they come. */
  readonly cutOff = new Set<number>();
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
  /** By the number modulo {@link maxConcurrency}, when a shard identified last. */
  readonly #identifiedAt = new Map<number, number>();
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

  /**
   * Sends an event to every session of the shard that it belongs to; a session without a connection gets
   * it when it resumes.
   */
  dispatch(type: string, data: unknown): void {
    const guildId = this.#guildOf(type, data);
    for (const session of this.#sessions.values()) {
      if (session.hears(guildId)) session.send(type, data);
    }
  }

  #guildOf(type: string, data: unknown): string | undefined {
    const { id, guild_id, channel_id = "" } = (data ?? {}) as Readonly<Record<string, string>>;
    if (type.startsWith("GUILD_")) return id;
    return guild_id ?? this.world.channels.get(channel_id)?.guildId;
  }

  /** The shards that are connected, one for each session. */
  get shards(): ShardPlace[] {
    const sessions = [...this.#sessions.values()];
    return sessions.filter(({ socket }) => socket !== undefined).map(({ shard }) => shard);
  }

  /** Cuts the connections of shard `id`, now and as often as they are made again, until it is mended. */
  cutOffShard(id: number): void {
    this.cutOff.add(id);
    for (const { shard, socket } of this.#sessions.values())
      if (shard[0] === id) socket?.terminate();
  }

  /** Cuts every connection, as a network does. Sessions can be resumed. */
  dropConnections(): void {
    for (const session of this.#sessions.values()) session.socket = undefined;
    for (const socket of this.#server.clients) socket.terminate();
  }

  /** Cuts the connections of shard `id`, and forgets its sessions. */
  endShard(id: number): void {
    for (const session of this.#sessions.values()) {
      if (session.shard[0] !== id) continue;
      session.socket?.terminate();
      this.#sessions.delete(session.id);
    }
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
      else if (op === IDENTIFY) this.#identify(socket, d as unknown as Identify);
      else if (op === RESUME) this.#resume(socket, d);
    });
    socket.on("close", (code) => {
      for (const session of this.#sessions.values()) {
        if (session.socket !== socket) continue;
        session.socket = undefined;
        if (GOODBYES.has(code)) this.#sessions.delete(session.id);
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

  #identify(socket: WebSocket, { token, intents, shard = [0, 1] }: Identify): void {
    const refusal = this.#refusal(token, intents, shard);
    if (this.cutOff.has(shard[0])) socket.terminate();
    else if (refusal !== undefined) socket.close(...refusal);
    else if (this.#mayIdentify(shard)) this.#begin(new Session(shard, socket), intents);
    else socket.send(JSON.stringify({ op: INVALID_SESSION, d: false }));
  }

  #begin(session: Session, intents: number): void {
    const { shard } = session;
    this.world.startsLeft--;
    this.intents.push(intents);
    this.identified.push(shard);
    this.#sessions.set(session.id, session);
    const guilds = this.#guildsOn(session);
    session.send("READY", {
      v: 10,
      user: userPayload(this.world.bot),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      shard,
      resume_gateway_url: this.url(),
      application: { id: this.world.bot.id, flags: 0 },
    });
    for (const guild of guilds) session.send("GUILD_CREATE", guildPayload(guild, this.world));
  }

  #refusal(token: string, intents: number, shard: ShardPlace): [number, string] | undefined {
    const [id, count] = shard;
    if (token !== this.token || !this.acceptsTokens) {
      return [AUTHENTICATION_FAILED, "Authentication failed."];
    }
    if (!(id >= 0 && id < count)) return [INVALID_SHARD, "Invalid shard."];
    const servers = this.#guildsOn(new Session(shard, undefined)).length;
    if (servers > this.mostServers) return [SHARDING_REQUIRED, "Sharding required."];
    if (intents & PRIVILEGED_INTENTS) return [DISALLOWED_INTENTS, "Disallowed intent(s)."];
    return undefined;
  }

  #guildsOn(session: Session): Guild[] {
    return [...this.world.guilds.values()].filter(({ id }) => session.hears(id));
  }

  #mayIdentify([id]: ShardPlace): boolean {
    const key = id % this.maxConcurrency;
    const before = this.#identifiedAt.get(key) ?? Number.NEGATIVE_INFINITY;
    if (performance.now() - before < this.identifyPauseMs) return false;
    this.#identifiedAt.set(key, performance.now());
    return true;
  }

  #resume(socket: WebSocket, { token, session_id, seq }: Record<string, unknown>): void {
    const session = this.#sessions.get(session_id as string);
    if (token !== this.token || session === undefined) {
      socket.send(JSON.stringify({ op: INVALID_SESSION, d: false }));
      return;
    }
    if (this.cutOff.has(session.shard[0])) {
      socket.terminate();
      return;
    }
    session.socket = socket;
    this.resumed++;
    const missed = session.events.filter(({ s }) => s > (seq as number));
    for (const event of missed) socket.send(JSON.stringify(event));
    session.send("RESUMED", {});
  }
}
