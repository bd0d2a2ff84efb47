/** Ballots that a process which has lost its shards goes on to post, while another one has them already. */
import { REST, Routes } from "discord.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ballotContent } from "../../src/discord/ballots/ballot-content.js";
import { LONGEST_POSTING_MS } from "../../src/discord/ballots/posted-elsewhere.js";
import { speakerOf } from "../../src/language/say.js";
import { outcomesOf, shows, textsOf } from "../support/asked-ballot.js";
import { draftFor } from "../support/drafted-ballot.js";
import { snowflake, snowflakeBefore } from "../support/loopback-discord/snowflakes.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../support/loopback-openai.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { Switchboard } from "../support/switchboard.js";
import { waitFor } from "../support/wait-for.js";

const STOP_TIMES = { finishMs: 4_000, tellMs: 50, leaveMs: 1_000 };
const MINUTE_MS = 60_000;
const NOBODYS_PORT = 1;

interface PostedElsewhere {
  readonly ballot: StoredMessage;
  /** Lets the process that has posted it hear so. */
  store(): void;
  readonly poster: RunningBot;
}

describe("a ballot that another process is posting", () => {
  let database: TemporaryPostgres;
  let openai: LoopbackOpenAI;
  let one: RunningBot;
  let other: RunningBot;
  let channel: Channel;
  let member: User;
  let now: () => number;
  /** The ways of the two processes to the database. */
  let ways: readonly [Switchboard, Switchboard];
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    const { port } = new URL(database.url);
    ways = [await Switchboard.open(Number(port)), await Switchboard.open(Number(port))];
    openai = await startLoopbackOpenAI();
    now = Date.now;
    const both = { clock: () => now(), stopTimes: STOP_TIMES };
    one = await startRunningBot({ ...both, environment: { STORE_URL: urlBy(ways[0]) } });
    const environment = { STORE_URL: urlBy(ways[1]), OPENAI_BASE_URL: openai.baseUrl };
    other = await startRunningBot({ ...both, environment, beside: one });
    ({ channel } = one.discord.createGuild("lounge"));
    member = one.discord.world.addUser("member");
    await one.consent(channel, member);
  });
  afterEach(async () => {
    await other.close();
    await one.close();
    await openai.close();
    for (const way of ways) await way.close();
    await database.remove();
  });

  it("counts a reaction that comes before it is stored", async () => {
    const { ballot, store } = await postedElsewhere();
    one.discord.react(member, ballot, "🅰️");
    await answered();
    store();
    await shows(ballot, textsOf(ballot)[0]);
    expect(await outcomesOf(one, channel, member)).toEqual([1]);
  });

  it("counts a button that is pressed before it is stored", async () => {
    const { ballot, store } = await postedElsewhere();
    const label = ballot.components[0]!.components[0]!.label!;
    one.discord.press(member, channel, ballot, label);
    await answered();
    store();
    await shows(ballot, textsOf(ballot)[0]);
    expect(await outcomesOf(one, channel, member)).toEqual([1]);
  });

  it("is not looked for behind a plain answer of this process, or a message of long ago", async () => {
    await other.close();
    const { discord, test } = one;
    const looks = vi.spyOn(test.services.ballots, "sealed");
    const lists = vi.spyOn(test.services.ballots, "ids");
    const message = discord.say(member, channel, "!plain And?", { mentionBot: true });
    const [answer] = (await discord.answersTo(message)) as [StoredMessage];
    // Discord shows it before the process has heard that.
    await one.bot.idle();
    const like = (id: string) => ({ ...answer, id, reactions: new Map() });
    const old = like(snowflakeBefore(10 * MINUTE_MS));
    const young = like(snowflake());
    for (const message of [answer, old, young]) discord.react(member, message, "🅰️");
    await waitFor(() => lists.mock.calls.length > 0 || undefined, "the look for the young one");
    expect(looks.mock.calls.map(([id]) => id)).toEqual([old.id, young.id]);
    expect(lists).toHaveBeenCalledTimes(1);
  });

  it("stays announced while that process may go on", async () => {
    const { discord, test } = one;
    const [young, old] = ["Young?", "Old?"].map((text) => discord.say(member, channel, text).id);
    await announce(young!);
    now = () => Date.now() - 10 * MINUTE_MS;
    await announce(old!);
    now = Date.now;
    discord.gateway.forgetSessions();
    discord.gateway.dropConnections();
    await waitFor(async () => !(await test.services.ballots.stored(old!)) || undefined, "its end");
    expect(await test.services.ballots.stored(young!)).toMatchObject({ unposted: true });
  });

  it("is looked for once more after a takeover, when that process has posted it and died", async () => {
    const { discord, test } = one;
    const below = discord.say(member, channel, "And?").id;
    await announce(below);
    const timers = vi.spyOn(globalThis, "setTimeout");
    discord.gateway.forgetSessions();
    discord.gateway.dropConnections();
    const secondLooks = await waitFor(() => {
      const found = timers.mock.calls.filter(([, ms]) => ms === LONGEST_POSTING_MS);
      return found.length === 2 ? found : undefined;
    }, "the end of the first look of both");
    timers.mockRestore();
    const ballot = await postFor(below);
    discord.react(member, ballot, "🅰️");
    expect(await test.services.ballots.stored(ballot.id)).toBeUndefined();
    for (const [look] of secondLooks) look();
    await shows(ballot, textsOf(ballot)[0]);
    expect(await outcomesOf(one, channel, member)).toEqual([1]);
  });

  it("keeps the votes that it got since it was adopted, when it is stored in the end", async () => {
    const [first, second] = [one.test.services, other.test.services];
    const draft = draftFor(memberKey(), first.models.current.encoderId);
    const below = one.discord.say(member, channel, "And?").id;
    await first.ballots.announce(draft, channel.id, below, first.ballots.permit(memberKey()));
    const messageId = String(BigInt(below) + 1n);
    await second.ballots.adopt(below, messageId);
    await second.votes.tap(messageId, member.id, "a");
    const permit = first.ballots.permit(memberKey());
    const stored = await first.ballots.post(draft, channel.id, messageId, permit, below);
    expect(stored?.choices).toEqual(["a"]);
    expect((await second.ballots.get(messageId))?.choices).toEqual(["a"]);
  });

  it("stays, with its vote, when the process that has posted it can't reach the store any more", async () => {
    const { discord } = one;
    const { ballot, store, poster } = await postedElsewhere();
    const [preferred] = textsOf(ballot);
    const [way, left] = poster === one ? [ways[0], other] : [ways[1], one];
    way.switchTo(NOBODYS_PORT);
    discord.gateway.forgetSessions();
    discord.gateway.dropConnections();
    discord.react(member, ballot, "🅰️");
    await shows(ballot, preferred);
    store();
    await poster.bot.stop();
    way.switchTo(Number(new URL(database.url).port));
    expect(discord.world.messages.get(ballot.id)?.content).toContain(preferred);
    expect(await outcomesOf(left, channel, member)).toEqual([1]);
  });

  function urlBy(way: Switchboard): string {
    const url = new URL(database.url);
    url.port = String(way.port);
    return url.href;
  }

  const memberKey = () => ({ guildId: channel.guildId!, memberId: member.id });

  async function announce(belowId: string): Promise<void> {
    const { ballots, models } = one.test.services;
    const draft = draftFor(memberKey(), models.current.encoderId);
    const announced = ballots.announce(draft, channel.id, belowId, ballots.permit(memberKey()));
    expect(await announced).toBe(true);
  }

  /** As the other process does, that has announced it. */
  async function postFor(belowId: string): Promise<StoredMessage> {
    const { discord, test } = one;
    const { candidates } = draftFor(memberKey(), test.services.models.current.encoderId);
    const { content, embeds, components } = ballotContent(candidates, speakerOf("en"));
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const body = {
      content,
      embeds,
      components: components.map((row) => row.toJSON()),
      message_reference: { message_id: belowId },
    };
    await rest.post(Routes.channelMessages(channel.id), { body });
    return discord.sentTo(channel).find(({ repliesTo }) => repliesTo === belowId)!;
  }

  /** Discord shows it, and the process that posts it leaves Discord before it has heard that. */
  async function postedElsewhere(): Promise<PostedElsewhere> {
    const { discord } = one;
    let store = () => {};
    const held = new Promise<void>((resolve) => {
      store = resolve;
    });
    discord.rest.faults.holdAnswer("POST", /messages$/, held);
    const message = discord.say(member, channel, "How do I sleep better?", { mentionBot: true });
    const [ballot] = await discord.answersTo(message);
    expect(isBallot(ballot!)).toBe(true);
    const poster = openai.requests.length > 0 ? other : one;
    await poster.bot.leave();
    return { ballot: ballot!, store, poster };
  }

  /** What came before has been handled by the process that is left. */
  async function answered(): Promise<void> {
    const message = one.discord.say(member, channel, "!plain Still there?", { mentionBot: true });
    await one.discord.answersTo(message);
  }
});
