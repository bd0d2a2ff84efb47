/** The client's connection and requests, counted for the metrics. Only numbers leave it. */
import { type Client, Events, RESTEvents, Status, type WebSocketShard } from "discord.js";
import type { Metrics, ShardReading } from "../../observability/metrics.js";

/** Counts from now on, for as long as the client lives. */
export function watchClient(client: Client, metrics: Metrics): void {
  metrics.readings.gatewayReady = () => receivesEvents(client);
  metrics.readings.gatewayPingSeconds = () => secondsOf(client.ws.ping);
  metrics.readings.shards = () => client.ws.shards.map(readingOf);
  client.on(Events.Raw, (_packet: unknown, shard: number) => metrics.shardEvents.inc({ shard }));
  countChanges(client, metrics);
  countRequests(client, metrics);
}

/** Whether events arrive. `client.isReady()` stays true after the first session. */
function receivesEvents(client: Client): boolean {
  return client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready);
}

function readingOf({ id, ping, status }: WebSocketShard): ShardReading {
  return { id, isReady: status === Status.Ready, pingSeconds: secondsOf(ping) };
}

/** discord.js says -1 before the first heartbeat is answered. */
function secondsOf(ping: number): number | undefined {
  return ping >= 0 ? ping / 1000 : undefined;
}

function countChanges(client: Client, { gatewayChanges }: Metrics): void {
  client.on(Events.ShardReady, () => gatewayChanges.inc({ change: "ready" }));
  client.on(Events.ShardResume, () => gatewayChanges.inc({ change: "resumed" }));
  client.on(Events.ShardReconnecting, () => gatewayChanges.inc({ change: "reconnecting" }));
  client.on(Events.ShardDisconnect, () => gatewayChanges.inc({ change: "disconnected" }));
}

/** Around each request, since the event for responses copies every body. */
function countRequests(client: Client, metrics: Metrics): void {
  const { discordRequests, discordRequestSeconds, discordWaits } = metrics;
  const { options } = client.rest;
  const request = options.makeRequest;
  options.makeRequest = async (url, init) => {
    const end = discordRequestSeconds.startTimer();
    try {
      const response = await request(url, init);
      discordRequests.inc({ status: String(response.status) });
      return response;
    } catch (error) {
      discordRequests.inc({ status: "error" });
      throw error;
    } finally {
      end();
    }
  };
  client.rest.on(RESTEvents.RateLimited, ({ global }) =>
    discordWaits.inc({ scope: global ? "global" : "route" }),
  );
}
