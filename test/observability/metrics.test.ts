import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startWatching } from "../../src/observability/start-watching.js";
import type { WatchServer } from "../../src/observability/watch-server.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import { codeRows } from "../support/markdown-table.js";
import { metricTypes, seriesValue } from "../support/metrics-text.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

/** In a minute, of one member. */
const MOST_MESSAGES = 3;

describe("the metrics of a running bot", () => {
  let running: RunningBot;
  let server: WatchServer;
  let channel: Channel;
  let member: User;
  beforeEach(async () => {
    // A minute that ends in the midst of a test would begin its counts anew.
    const now = Date.now();
    running = await startRunningBot({
      clock: () => now,
      environment: { MESSAGES_PER_MINUTE: `${MOST_MESSAGES}/100/100` },
    });
    channel = running.discord.createGuild("lounge").channel;
    member = running.discord.world.addUser("hedgehog-lover");
    await running.consent(channel, member);
    const { services } = running.test;
    const watching = { host: "127.0.0.1", port: 0 };
    server = (await startWatching({ watching }, services))!;
  });
  afterEach(async () => {
    await server.close();
    await running.close();
  });

  it("counts answers, candidates, tokens, ballots and votes, and times what Attune adds", async () => {
    const ballot = await ask("How do I feed a hedgehog?");
    expect(isBallot(ballot)).toBe(true);
    running.discord.react(member, ballot, "🅰️");
    await waitForValue('attune_votes_total{change="cast"}', 1);
    running.discord.react(member, ballot, "🅱️");
    await waitForValue('attune_votes_total{change="changed"}', 1);
    running.discord.unreact(member, ballot, "🅱️");
    await waitForValue('attune_votes_total{change="changed"}', 2);
    running.discord.unreact(member, ballot, "🅰️");
    await waitForValue('attune_votes_total{change="withdrawn"}', 1);
    await ask("!plain How do I feed a hedgehog?");

    const text = await metrics();
    const values = {
      'attune_replies_total{kind="ballot"}': 1,
      'attune_replies_total{kind="answer"}': 1,
      'attune_replies_total{kind="failed"}': 0,
      attune_reply_own_seconds_count: 2,
      'attune_generations_total{outcome="done"}': 2,
      'attune_candidates_total{outcome="given"}': 5,
      'attune_ballots_total{change="opened"}': 1,
      attune_ballots_kept: 1,
      // The member's candidates, and once the deck, from which the gains of the axes follow.
      'attune_compute_calls_total{verb="scoreCandidates",outcome="done"}': 2,
      'attune_compute_calls_total{verb="selectPair",outcome="done"}': 1,
      'attune_compute_in_hand{pool="interactive"}': 0,
      attune_compute_threads: 1,
      attune_gateway_ready: 1,
      'attune_gateway_changes_total{change="ready"}': 1,
      'attune_store_errors_total{operation="set"}': 0,
    };
    for (const [series, value] of Object.entries(values)) {
      expect([series, seriesValue(text, series)]).toEqual([series, value]);
    }
    // One for the plain answer, and one for each manner of the member's: at least the plain one and another.
    const { requests } = running.openai;
    const manners = new Set(requests.map(({ messages }) => messages[0]!.content));
    expect(requests).toHaveLength(1 + manners.size);
    expect(manners.size).toBeGreaterThan(1);
    const answers = requests.reduce((sum, { n = 1 }) => sum + n, 0);
    const counted = {
      attune_language_model_answered_requests_total: requests.length,
      'attune_language_model_tokens_total{kind="input"}': 100 * requests.length,
      'attune_language_model_tokens_total{kind="output"}': 50 * answers,
    };
    for (const [series, value] of Object.entries(counted)) {
      expect([series, seriesValue(text, series)]).toEqual([series, value]);
    }
    expect(seriesValue(text, 'attune_discord_requests_total{status="200"}')).toBeGreaterThan(2);
    expect(seriesValue(text, "process_resident_memory_bytes")).toBeGreaterThan(1e7);
  });

  it("leaves the language model's time out of what Attune adds", async () => {
    running.openai.fail({ kind: "delay", ms: 400 }, 1);
    const startedAt = performance.now();
    await ask("How do I feed a hedgehog?");
    const whole = (performance.now() - startedAt) / 1000;
    const text = await metrics();
    const generation = seriesValue(text, "attune_generation_seconds_sum")!;
    const own = seriesValue(text, "attune_reply_own_seconds_sum")!;
    expect(own).toBeGreaterThan(0);
    expect(generation).toBeGreaterThan(0.3);
    // Counted twice, the model's time would not fit into the whole.
    expect(own + generation).toBeLessThanOrEqual(whole);
  });

  it("counts what fails, by reason", async () => {
    running.openai.fail({ kind: "status", status: 401 }, 10);
    await ask("How do I feed a hedgehog?");
    const text = await metrics();
    expect(seriesValue(text, 'attune_replies_total{kind="failed"}')).toBe(1);
    expect(seriesValue(text, 'attune_generations_total{outcome="badKey"}')).toBe(1);
    expect(seriesValue(text, 'attune_candidates_total{outcome="missing"}')).toBe(4);
  });

  it("tells what a limit refused from what failed", async () => {
    for (let message = 0; message <= MOST_MESSAGES; message++) await ask("How do I wash it?");
    const text = await metrics();
    expect(seriesValue(text, 'attune_replies_total{kind="refused"}')).toBe(1);
    expect(seriesValue(text, 'attune_replies_total{kind="failed"}')).toBe(0);
  });

  it("tells a closed ballot from a message that never was one", async () => {
    const ballot = await ask("How do I feed a hedgehog?");
    const plain = await ask("!plain How do I feed a hedgehog?");
    running.discord.remove(plain);
    running.discord.remove(ballot);
    await waitForValue("attune_ballots_kept", 0);
    expect(seriesValue(await metrics(), 'attune_ballots_total{change="closed"}')).toBe(1);
  });

  it("sees the connection to Discord go and come back", async () => {
    running.discord.gateway.dropConnections();
    await waitForValue('attune_gateway_changes_total{change="reconnecting"}', 1);
    await waitForValue('attune_gateway_changes_total{change="resumed"}', 1);
    await waitForValue("attune_gateway_ready", 1);
  });

  it("counts a retraining that is refused, and does not time it", async () => {
    await expect(running.test.services.retraining.run(() => undefined)).rejects.toThrow(/members/);
    const text = await metrics();
    expect(seriesValue(text, 'attune_retrainings_total{verdict="refused"}')).toBe(1);
    expect(seriesValue(text, "attune_retraining_seconds_count")).toBe(0);
  });

  it("hold nothing of a member or a server", async () => {
    const ballot = await ask("How do I feed a hedgehog?");
    running.discord.react(member, ballot, "🅰️");
    await waitForValue('attune_votes_total{change="cast"}', 1);
    const text = await metrics();
    for (const secret of [member.id, channel.id, channel.guildId!, ballot.id, "hedgehog"]) {
      expect(text).not.toContain(secret);
    }
  });

  it("are listed in the documentation with their types, every one and no other", async () => {
    const listed = codeRows("docs/metrics.md").map(([name, type]) => `${name} ${type}`);
    const told = [...metricTypes(await metrics())].map(([name, type]) => `${name} ${type}`);
    expect(told.length).toBeGreaterThan(40);
    expect([...listed].sort()).toEqual(told.sort());
  });

  async function ask(question: string) {
    const before = await replies();
    const message = running.discord.say(member, channel, question, { mentionBot: true });
    const [answer] = await running.discord.answersTo(message);
    await waitFor(async () => (await replies()) > before || undefined, "the count");
    return answer!;
  }

  async function replies(): Promise<number> {
    const text = await metrics();
    const kinds = ["answer", "ballot", "refused", "failed"];
    return kinds.reduce(
      (sum, kind) => sum + seriesValue(text, `attune_replies_total{kind="${kind}"}`)!,
      0,
    );
  }

  async function metrics(): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    return response.text();
  }

  async function waitForValue(series: string, value: number): Promise<void> {
    await waitFor(
      async () => seriesValue(await metrics(), series) === value || undefined,
      `${series} ${value}`,
    );
  }
});
