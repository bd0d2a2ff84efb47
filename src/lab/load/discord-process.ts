/** A loopback Discord in a process of its own, with members who keep the bot busy on command. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { loadDeck } from "../../shared/deck/deck.js";
import { type ListedServer, LoadGateway } from "./discord-gateway.js";
import { guildPayload, quietGuildPayload } from "./discord-payloads.js";
import { LoadRest } from "./discord-rest.js";
import { guildCount, guildId } from "./places.js";
import { serve, type TrafficCommand, type TrafficReport } from "./process-messages.js";
import { QuietServers } from "./quiet-servers.js";
import { Traffic } from "./traffic.js";

const TICK_MS = 4;
/** The bot gets so long for what is still open when the last message is sent ... */
const GRACE_MS = 60_000;
/** ... and so long for what nobody waits for: the last votes, and answers that come twice. */
const QUIET_MS = 4_000;

const members = Number(process.argv[2]);
const quiet = Number(process.argv[3]);
const shards = Number(process.argv[4]);
const guilds = guildCount(members);
const http = createServer((request, response) => rest.handle(request, response));
http.keepAliveTimeout = 60_000;
const port = () => (http.address() as AddressInfo).port;
const gatewayUrl = () => `ws://127.0.0.1:${port()}`;
const gateway = new LoadGateway(http, listedServers(), shards, gatewayUrl);
const random = createRandomGenerator(1);
const traffic: Traffic = new Traffic(
  gateway,
  (channelId) => rest.guildOf(channelId),
  loadDeck(),
  members,
  random,
);
const quietServers = new QuietServers(gateway, guilds, quiet, createRandomGenerator(2));
const rest: LoadRest = new LoadRest(traffic, gatewayUrl, guilds, shards);
let botProcesses: readonly number[] = [];

function listedServers(): ListedServer[] {
  const spoken = (guild: number) => ({
    id: guildId(guild),
    payload: () => guildPayload(guild, members),
  });
  const silent = (guild: number) => ({
    id: guildId(guild),
    payload: () => quietGuildPayload(guild),
  });
  return Array.from({ length: guilds + quiet }, (_, guild) =>
    guild < guilds ? spoken(guild) : silent(guild),
  );
}

/** Evenly: on each tick as much as is due by then. Resolves to how many votes were shown in the warm-up. */
async function makeTraffic({
  warmUp,
  seconds,
  messages,
  reactions,
  events,
}: TrafficCommand): Promise<number> {
  const begun = performance.now();
  let written = 0;
  let reacted = 0;
  let happened = 0;
  let shownBefore = 0;
  for (;;) {
    const now = performance.now();
    const elapsed = Math.min((now - begun) / 1000, warmUp + seconds);
    if (elapsed < warmUp) shownBefore = traffic.voters.shownMs.length;
    reacted += traffic.vote(now);
    for (; written < elapsed * messages; written++) traffic.write();
    for (; reacted < elapsed * reactions; reacted++) traffic.chatter();
    for (; happened < elapsed * events; happened++) quietServers.happen();
    if (elapsed >= warmUp + seconds) return shownBefore;
    await sleep(TICK_MS);
  }
}

async function settle(): Promise<void> {
  for (let waited = 0; traffic.unanswered > 0 && waited < GRACE_MS; waited += 100) await sleep(100);
  await sleep(QUIET_MS);
}

async function run(command: TrafficCommand): Promise<TrafficReport> {
  ({ botProcesses } = command);
  const begun = performance.now();
  const shownBefore = await makeTraffic(command);
  const seconds = (performance.now() - begun) / 1000 - command.warmUp;
  await settle();
  return {
    kind: "traffic",
    messages: traffic.messagesSent(),
    ballots: traffic.voters.ballots,
    votes: traffic.voters.votes(),
    votesShownMs: traffic.voters.shownMs.slice(shownBefore),
    reactions: traffic.reactions,
    requests: rest.requests,
    connections: gateway.connections,
    seconds,
  };
}

http.listen(0, "127.0.0.1", () => {
  serve<TrafficCommand, TrafficReport>(
    { kind: "listening", port: port() },
    (command, report) => void run(command).then(report),
    () => {
      for (const processId of botProcesses) endProcess(processId);
    },
  );
});

function endProcess(processId: number): void {
  try {
    process.kill(processId, "SIGKILL");
  } catch {
    // It has ended before.
  }
}
