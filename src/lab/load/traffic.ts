/**
 * What the made-up members do: they write to the bot, vote on its ballots, change their minds, and
 * react to everything else. Notes what the bot answers, and when.
 */
import { type RandomGenerator, shuffled } from "../../../models/algebra/random.js";
import { CHOICE_EMOJI } from "../../ballots/choices.js";
import type { Deck } from "../../shared/deck/deck.js";
import type { LoadGateway } from "./discord-gateway.js";
import { type KeptMessage, memberWithUser, messageEvent } from "./discord-payloads.js";
import type { BotListener, MessageBody } from "./discord-rest.js";
import { marked, numberIn } from "./marks.js";
import { BOT_ID, channelOfMember, guildId, guildOfMember, memberId } from "./places.js";
import type { SentMessage } from "./process-messages.js";
import { RecentMessages } from "./recent-messages.js";
import { Voters } from "./voters.js";

/** Of the messages, that answer the bot's last one. */
const REPLY_SHARE = 0.3;
/** Of the reactions that are no votes: to a ballot by somebody whom nobody asked, or to an old message. */
const STRANGER_SHARE = 0.2;
const OLD_SHARE = 0.3;
const OTHER_EMOJI = ["👍", "❤️", "😂", "🎉"];
const EMOJI = [...Object.values(CHOICE_EMOJI), ...OTHER_EMOJI];

interface Sent {
  readonly at: number;
  ms: number | undefined;
  answers: number;
  served: boolean;
}

export class Traffic implements BotListener {
  readonly voters: Voters;
  reactions = 0;
  readonly #recent = new RecentMessages();
  readonly #numberOf = new Map<string, number>();
  /** By number, from 1 on. */
  readonly #sent: Sent[] = [];
  /** Answers that say nothing of their message yet, and what they answer: lines that become answers. */
  readonly #lines = new Map<string, number>();
  readonly #lastAnswer = new Map<number, string>();
  readonly #order: readonly number[];
  #unanswered = 0;

  constructor(
    private readonly gateway: LoadGateway,
    private readonly guildOf: (channelId: string) => string,
    private readonly deck: Deck,
    private readonly members: number,
    private readonly random: RandomGenerator,
  ) {
    this.#order = shuffled([...Array(members).keys()], random);
    this.voters = new Voters(random);
  }

  get unanswered(): number {
    return this.#unanswered;
  }

  messagesSent(): SentMessage[] {
    return this.#sent.map(({ at, ms, answers, served }, index) => ({
      number: index + 1,
      at: performance.timeOrigin + at,
      ms,
      answers,
      served,
    }));
  }

  /** The next member writes the next message. */
  write(): void {
    const number = this.#sent.length + 1;
    const author = this.#order[number % this.members]!;
    const { prompts } = this.deck;
    const { prompt } = prompts[number % prompts.length]!;
    const last = this.#lastAnswer.get(author);
    const referenced = last !== undefined && this.random() < REPLY_SHARE ? last : undefined;
    const message = this.#recent.keep({
      channelId: channelOfMember(author),
      guildId: guildId(guildOfMember(author)),
      author,
      content: `<@${BOT_ID}> ${marked(prompt, number)}`,
      embeds: [],
      repliesTo: referenced,
    });
    this.#numberOf.set(message.id, number);
    this.#unanswered++;
    this.#sent.push({ at: performance.now(), ms: undefined, answers: 0, served: false });
    this.#tell("MESSAGE_CREATE", message);
  }

  /** Every vote that is due. Returns how many. */
  vote(now: number): number {
    const due = this.voters.due(now);
    for (const { ballotId, channelId, member, emoji, added } of due) {
      this.#reaction(added, memberWithUser(member), memberId(member), channelId, ballotId, emoji);
    }
    return due.length;
  }

  /** Somebody reacts to something that is no question to them. */
  chatter(): void {
    const stranger = Math.floor(this.random() * this.members);
    const emoji = EMOJI[Math.floor(this.random() * EMOJI.length)]!;
    const kind = this.random();
    const ballot = kind < STRANGER_SHARE ? this.voters.anyBallot(stranger) : undefined;
    const recent = kind < 1 - OLD_SHARE ? this.#recent.any(this.random) : undefined;
    const { id, channelId } = ballot ?? recent ?? this.#oldMessage(stranger);
    // The asked member's own choices on a ballot are votes, and counted where they are made.
    if (this.voters.isAsked(id, stranger)) return;
    this.#reaction(true, memberWithUser(stranger), memberId(stranger), channelId, id, emoji);
  }

  posted(channelId: string, body: MessageBody): KeptMessage {
    const isBallot = body.embeds?.length === 2;
    const repliesTo = body.message_reference?.message_id;
    const message = this.#recent.keep({
      channelId,
      guildId: this.guildOf(channelId),
      author: undefined,
      content: body.content ?? "",
      embeds: body.embeds ?? [],
      repliesTo,
    });
    const number = repliesTo === undefined ? undefined : this.#numberOf.get(repliesTo);
    if (number !== undefined) this.#answered(number, message, body);
    const asked =
      isBallot && repliesTo !== undefined ? this.#recent.get(repliesTo)?.author : undefined;
    if (asked !== undefined) this.voters.asked(message.id, channelId, asked, performance.now());
    this.#tell("MESSAGE_CREATE", message);
    return message;
  }

  edited(_channelId: string, messageId: string, body: MessageBody): KeptMessage | undefined {
    const before = this.#recent.get(messageId);
    if (before === undefined) return undefined;
    this.voters.shown(messageId, performance.now());
    const { content = before.content, embeds = before.embeds } = body;
    const number = this.#lines.get(messageId);
    if (number !== undefined && numberOf(body) === number) this.#becameAnswer(messageId, number);
    const message = this.#recent.replace({ ...before, content, embeds });
    this.#tell("MESSAGE_UPDATE", message);
    return message;
  }

  reacted(channelId: string, messageId: string, emoji: string): void {
    this.#reaction(true, undefined, BOT_ID, channelId, messageId, emoji);
  }

  message(messageId: string): KeptMessage | undefined {
    return this.#recent.get(messageId);
  }

  #answered(number: number, message: KeptMessage, body: MessageBody): void {
    const sent = this.#sent[number - 1]!;
    sent.answers++;
    if (sent.answers > 1) return;
    sent.ms = performance.now() - sent.at;
    sent.served = numberOf(body) === number;
    if (sent.served) this.#unanswered--;
    else this.#lines.set(message.id, number);
    this.#lastAnswer.set(this.#order[number % this.members]!, message.id);
  }

  /** What waits for its answer has it only now. */
  #becameAnswer(messageId: string, number: number): void {
    const sent = this.#sent[number - 1]!;
    sent.ms = performance.now() - sent.at;
    sent.served = true;
    this.#unanswered--;
    this.#lines.delete(messageId);
  }

  #oldMessage(stranger: number): { id: string; channelId: string } {
    const id = String(900_000_000_000_000_000n + BigInt(Math.floor(this.random() * 1e9)));
    return { id, channelId: channelOfMember(stranger) };
  }

  #tell(type: string, message: KeptMessage): void {
    const { repliesTo } = message;
    const referenced = repliesTo === undefined ? undefined : this.#recent.get(repliesTo);
    this.gateway.dispatch(type, messageEvent(message, referenced));
  }

  #reaction(
    added: boolean,
    member: object | undefined,
    userId: string,
    channelId: string,
    messageId: string,
    emoji: string,
  ): void {
    if (userId !== BOT_ID) this.reactions++;
    // Messages from before the start are the bot's: those it has to look up.
    const { author } = this.#recent.get(messageId) ?? {};
    this.gateway.dispatch(added ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", {
      user_id: userId,
      channel_id: channelId,
      message_id: messageId,
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
      guild_id: this.guildOf(channelId),
      ...(added && { message_author_id: author === undefined ? BOT_ID : memberId(author) }),
      ...(added && member !== undefined && { member }),
    });
  }
}

/** The number of the message that this answers; undefined if it says none. */
function numberOf({ content = "", embeds = [] }: MessageBody): number | undefined {
  return numberIn(embeds[0]?.description ?? content);
}
