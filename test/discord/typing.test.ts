import type { Message } from "discord.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClient } from "../../src/discord/gateway/client.js";
import { whileTyping } from "../../src/discord/messages/typing.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import { silentLog } from "../support/silent-log.js";

describe("the typing indicator", () => {
  let discord: LoopbackDiscord;
  let channel: Message["channel"];
  beforeEach(async () => {
    discord = await startLoopbackDiscord();
    const client = createClient(discord.apiUrl, silentLog);
    client.rest.setToken(discord.token);
    // Only these two are looked at.
    channel = { id: "100000000000000000", client } as unknown as Message["channel"];
    vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearTimeout", "clearInterval"] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await discord.close();
  });

  /** Runs for `ms` of a pretended time. */
  const answerIn = (ms: number) =>
    whileTyping(channel, silentLog, async () => {
      vi.advanceTimersByTime(ms);
      // The request is on its way now: let it arrive.
      for (let wait = 0; wait < 200 && ms >= 400 && typed() === 0; wait++) await realPause();
    });
  const typed = () => discord.requests.filter(({ path }) => path.endsWith("/typing")).length;

  it("costs no request if the answer is quick", async () => {
    await answerIn(399);
    vi.advanceTimersByTime(60_000);
    for (let wait = 0; wait < 10; wait++) await realPause();
    expect(typed()).toBe(0);
  });

  it("is shown if the answer takes a while, and ends with it", async () => {
    await answerIn(400);
    expect(typed()).toBe(1);
    vi.advanceTimersByTime(60_000);
    for (let wait = 0; wait < 10; wait++) await realPause();
    expect(typed()).toBe(1);
  });

  it("that can't even be asked for leaves the answer as it is", async () => {
    // discord.js cannot make a path of half a character, and says so by throwing.
    channel = { id: "\ud800", client: channel.client } as unknown as Message["channel"];
    await expect(answerIn(400)).resolves.toBeUndefined();
    expect(typed()).toBe(0);
  });
});

const pause = setTimeout;
const realPause = () => new Promise((resolve) => pause(resolve, 5));
