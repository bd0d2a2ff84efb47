/** Members who use everything that keeps something about them, and those who vote and stay. */
import { setTimeout as sleep } from "node:timers/promises";
import type { RandomGenerator } from "../../models/algebra/random.js";
import { CHOICE_EMOJI } from "../../src/ballots/choices.js";
import type { InteractionAnswer } from "../support/loopback-discord/interaction-answers.js";
import type { OpenInteraction } from "../support/loopback-discord/interaction-responses.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot } from "../support/running-bot.js";

const POLL_MS = 5;

/** What all answers to a member's questions say. */
export function markOf(username: string): string {
  return `the-mark-of-${username}-is`;
}

/** What `check` returns once that is not undefined; undefined when `signal` comes first. */
export async function until<Result>(
  check: () => Result | undefined,
  signal: AbortSignal,
): Promise<Result | undefined> {
  for (;;) {
    const result = check();
    if (result !== undefined || signal.aborted) return result;
    await sleep(POLL_MS);
  }
}

function answerOf(open: OpenInteraction, signal: AbortSignal) {
  return until(() => (open.answer?.thinking === false ? open.answer : undefined), signal);
}

function buttonsOf(from: InteractionAnswer | StoredMessage) {
  return from.components.flatMap(({ components }) => components).filter((one) => !one.disabled);
}

async function ask(
  discord: LoopbackDiscord,
  user: User,
  channel: Channel,
  signal: AbortSignal,
): Promise<StoredMessage[]> {
  const text = `What shall I, ${user.username}, cook today?`;
  const mentionBot = channel.guildId !== undefined;
  const question = discord.say(user, channel, text, { mentionBot });
  const answers = () =>
    discord.world
      .messagesIn(channel.id)
      .filter(({ author, repliesTo }) => author.bot && repliesTo === question.id);
  await until(() => answers()[0], signal);
  return answers();
}

/** Says yes to the question of consent in `channel`, once it stands there. */
async function sayYes(
  discord: LoopbackDiscord,
  user: User,
  channel: Channel,
  signal: AbortSignal,
): Promise<void> {
  const wanted = `consent:yes:${user.id}`;
  const standing = () =>
    discord.world
      .messagesIn(channel.id)
      .find((one) => buttonsOf(one).some(({ custom_id: id }) => id === wanted));
  const question = await until(standing, signal);
  if (question === undefined || signal.aborted) return;
  discord.interactions.press(user, channel, question, wanted);
  await until(() => buttonsOf(question).length === 0 || undefined, signal);
}

export class BusyMember {
  /** How many ballots there were. */
  ballots = 0;
  acts = 0;
  /** Aborted when the member presses the button that deletes: nothing is done after that. */
  #leaving = new AbortController();
  #ballots: StoredMessage[] = [];

  constructor(
    readonly user: User,
    private readonly channels: readonly Channel[],
    private readonly discord: LoopbackDiscord,
    private readonly random: RandomGenerator,
  ) {}

  forgetOpen(): void {
    this.#ballots = this.#ballots.slice(-3);
  }

  async act(life: AbortSignal): Promise<void> {
    const channel = this.channels[0]!;
    const signal = AbortSignal.any([life, this.#leaving.signal]);
    if (this.acts === 0) {
      await ask(this.discord, this.user, channel, signal);
      await sayYes(this.discord, this.user, channel, signal);
    }
    while (!signal.aborted) {
      this.acts++;
      await this.#one(this.#pick(this.channels)!, signal);
      await sleep(this.random() * 40);
    }
  }

  /** Everything, everywhere; what is under way goes on meanwhile. False where it was not confirmed. */
  async deleteAll(signal: AbortSignal): Promise<boolean> {
    const channel = this.#pick(this.channels)!;
    const { interactions } = this.discord;
    const open = interactions.command(this.user, channel, "profile", "delete");
    const asked = await answerOf(open, signal);
    // While nothing can be stored there is nothing to press.
    if (asked === undefined || buttonsOf(asked).length === 0) return false;
    // In the middle of everything.
    for (const ballot of this.#ballots) this.discord.react(this.user, ballot, this.#emoji());
    this.#leaving.abort();
    this.discord.press(this.user, channel, asked, "Delete everything");
    const done = await until(() => /^Done/.test(asked.content) || undefined, signal);
    if (done !== true) this.#leaving = new AbortController();
    return done === true;
  }

  async #one(channel: Channel, signal: AbortSignal): Promise<void> {
    const { discord, user } = this;
    const { interactions } = discord;
    const command = (sub: string) =>
      answerOf(interactions.command(user, channel, "profile", sub), signal);
    const act = this.random();
    if (act < 0.35) await this.#ask(channel, signal);
    else if (act < 0.6) {
      const ballot = this.#pick(this.#ballots);
      if (ballot === undefined) return;
      const emoji = this.#emoji();
      if (this.random() < 0.3) discord.unreact(user, ballot, emoji);
      else if (this.random() < 0.5) discord.react(user, ballot, emoji);
      else
        this.#pressAny(discord.world.channels.get(ballot.channelId)!, ballot, /^ballot:/, signal);
    } else if (act < 0.7) {
      const question = await command("calibrate");
      for (let at = 0; question && at < 3 && !signal.aborted; at++) {
        this.#pressAny(channel, question, /^calibrate:/, signal);
        await sleep(30);
      }
    } else if (act < 0.8) {
      const menu = await command("adjust");
      const select = menu && buttonsOf(menu).find(({ options }) => options);
      if (!menu || !select || signal.aborted) return;
      const { value } = this.#pick(select.options!)!;
      interactions.select(user, channel, menu, select.custom_id, [value]);
    } else if (act < 0.9) {
      const standing = await command("consent");
      if (standing) this.#pressAny(channel, standing, /^consent:(?:yes|pool)/, signal);
    } else if (act < 0.93) await command("export");
    else if (act < 0.95) await command("view");
    else if (act < 0.97) await command("undo");
    else if (act < 0.98) {
      const asked = await command("reset");
      if (asked) this.#pressAny(channel, asked, /reset$/, signal);
    } else {
      await command("pause");
      if (!signal.aborted) await command("start");
    }
  }

  async #ask(channel: Channel, signal: AbortSignal): Promise<void> {
    const answers = await ask(this.discord, this.user, channel, signal);
    for (const answer of answers) {
      if (!isBallot(answer)) continue;
      this.#ballots.push(answer);
      this.ballots++;
    }
    if (this.random() < 0.3) void sayYes(this.discord, this.user, channel, signal);
  }

  #pressAny(
    channel: Channel,
    from: InteractionAnswer | StoredMessage,
    wanted: RegExp,
    signal: AbortSignal,
  ): void {
    if (signal.aborted) return;
    const buttons = buttonsOf(from).filter((one) => wanted.test(one.custom_id) && !one.options);
    const button = this.#pick(buttons);
    if (button) this.discord.interactions.press(this.user, channel, from, button.custom_id);
  }

  #emoji(): string {
    return this.#pick(Object.values(CHOICE_EMOJI))!;
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.random() * items.length)];
  }
}

/** Votes once on each ballot, and counts what was acknowledged. */
export class Steady {
  votes = 0;
  votesAtBackup = 0;
  #isNew = true;

  constructor(
    readonly user: User,
    private readonly channel: Channel,
    private readonly discord: LoopbackDiscord,
  ) {}

  async act(signal: AbortSignal): Promise<void> {
    if (this.#isNew) {
      await ask(this.discord, this.user, this.channel, signal);
      await sayYes(this.discord, this.user, this.channel, signal);
      this.#isNew = signal.aborted;
    }
    while (!signal.aborted) {
      const answers = await ask(this.discord, this.user, this.channel, signal);
      for (const answer of answers) {
        if (!isBallot(answer)) continue;
        this.discord.react(this.user, answer, CHOICE_EMOJI.a);
        if (await until(() => !isBallot(answer) || undefined, signal)) this.votes++;
      }
      await sleep(POLL_MS);
    }
  }
}
