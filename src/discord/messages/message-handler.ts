/** Answers a message that speaks to the bot, with an answer or a ballot below it. */
import type { Message } from "discord.js";
import type { ReplyNotes } from "../../ballots/reply-notes.js";
import { ServerPausedError } from "../../conversation/candidates/circuit.js";
import { GenerationFailedError } from "../../conversation/candidates/generation-error.js";
import { LimitReachedError } from "../../conversation/candidates/limit-reached-error.js";
import { boundHistory, HISTORY_LIMITS } from "../../conversation/history.js";
import type { Reply } from "../../conversation/reply.js";
import type { ReplyPolicy } from "../../conversation/reply-policy.js";
import type { GuildSettings, Place } from "../../guilds/guild-settings.js";
import type { Claim, MessageClaims } from "../../guilds/message-claims.js";
import type { PlaceStyle } from "../../guilds/places.js";
import type { Say } from "../../language/say.js";
import type { Asker, Limits } from "../../limits/limits.js";
import type { Consents } from "../../members/consents.js";
import type { Metrics } from "../../observability/metrics.js";
import type { Log } from "../../shared/log.js";
import type { Condition } from "../../store/condition.js";
import type { MemberKey } from "../../store/records.js";
import { unlessStoreIsDown } from "../../store/unless-store-is-down.js";
import { anotherControls } from "../another/another-controls.js";
import type { PersonalUse } from "../asking/personal-use.js";
import type { PlainAnswers } from "../ballots/plain-answers.js";
import type { BallotPosting } from "../ballots/posting.js";
import type { BallotDisplay } from "../ballots/showing.js";
import { isForbidden, isGone, isUnwanted, logFailure } from "../gateway/discord-errors.js";
import { askConsent } from "../interactions/consent-messages.js";
import { isAddressed, memberOf, mentionsOwnRole, parentOf } from "./addressing.js";
import { AnswerCutError, sendNotice } from "./answer-messages.js";
import type { Conversations } from "./conversations.js";
import { hintFor } from "./hints.js";
import { requestIn } from "./message-parts.js";
import { nothingSentence, noticeBelow } from "./notices.js";
import type { PendingAnswer } from "./pending-answer.js";
import type { PendingAnswers } from "./pending-answers.js";
import type { Speech } from "./speech.js";
import { whileTyping } from "./typing.js";

export interface MessageHandlerParts {
  readonly replies: Pick<ReplyPolicy, "reply">;
  readonly consents: Consents;
  readonly replyNotes: Pick<ReplyNotes, "note">;
  readonly guildSettings: Pick<GuildSettings, "placeOf">;
  readonly limits: Pick<Limits, "admit">;
  readonly posting: Pick<BallotPosting, "post">;
  readonly plainAnswers: Pick<PlainAnswers, "add">;
  readonly display: Pick<BallotDisplay, "lapse">;
  readonly conversations: Pick<Conversations, "of">;
  readonly pendingAnswers: Pick<PendingAnswers, "during">;
  readonly speech: Pick<Speech, "to">;
  readonly personalUse: Pick<PersonalUse, "refusalInDirect">;
  /** Undefined where no other process can see the message. */
  readonly claims: Pick<MessageClaims, "claim"> | undefined;
  readonly metrics: Pick<Metrics, "firstWordsSeconds" | "replies" | "replyOwnSeconds">;
  /** Aborted when this process takes nothing new. */
  readonly closing: AbortSignal;
  /** Aborted when there is no time left to wait for a language model. */
  readonly stopping: AbortSignal;
  readonly log: Log;
}

/** Answers `message` if it is addressed to the bot. Never throws: it reports and logs failures. */
export async function handleMessage(message: Message, parts: MessageHandlerParts): Promise<void> {
  const botId = message.client.user.id;
  if (!isAddressed(message, botId) && !mentionsOwnRole(message, botId)) return;
  const arrivedAt = performance.now();
  try {
    const begun = parts.consents.begin(memberOf(message, message.author.id));
    const read = () => Promise.all([placeOf(message, parts), sayTo(message, parts)]);
    // Read meanwhile, and again where the claim had to wait for the database.
    const early = read().catch(() => undefined);
    const claim = await parts.claims?.claim(message.id, parts.closing);
    if (parts.claims !== undefined && claim === undefined) return;
    const [{ maySpeak, style }, say] = (await early) ?? (await read());
    if (!maySpeak) return;
    const refusal = parts.limits.admit(askerOf(message), message.createdTimestamp);
    if (refusal !== undefined) throw new LimitReachedError(refusal);
    const stranger = message.inGuild()
      ? undefined
      : await parts.personalUse.refusalInDirect(message.author.id);
    const hint =
      stranger === undefined ? await hintFor(message, botId, parts.log, say) : say(stranger);
    if (hint !== undefined) await sendNotice(message, hint, "hint");
    else {
      await parts.pendingAnswers.during(message, performance.now() - arrivedAt, (pending) =>
        answerOrExcuse(pending, { at: arrivedAt, begun, claim, say, style }, parts),
      );
    }
  } catch (error) {
    const excuse = (words: string) => sendNotice(message, words, "excuse");
    await reportFailure(message, error, excuse, parts);
  }
}

/** Answers that the bot is being restarted. Never throws. */
export async function refuseMessage(
  message: Message,
  parts: Pick<MessageHandlerParts, "log" | "speech">,
): Promise<void> {
  if (!isAddressed(message, message.client.user.id)) return;
  try {
    const say = await sayTo(message, parts);
    await sendNotice(message, say("messages.restarting"), "excuse");
  } catch (error) {
    logFailure(parts.log, { event: "reply.untold", messageId: message.id }, error);
  }
}

/** When a message came, by the monotonic clock, and what may be written because of it. */
interface Arrival {
  readonly at: number;
  readonly begun: Condition;
  /** Undefined where no other process can see the message. */
  readonly claim: Claim | undefined;
  /** In the language of its author. */
  readonly say: Say;
  /** How the bot appears there. */
  readonly style: PlaceStyle;
}

/** Never throws. An answer for which nobody waits any more is not sent. */
async function answerOrExcuse(
  pending: PendingAnswer,
  arrival: Arrival,
  parts: MessageHandlerParts,
): Promise<void> {
  const { message } = pending;
  try {
    const { channel } = message;
    const write = () => answer(pending, arrival, parts);
    await whileTyping(channel, parts.log, write, pending.lineShown);
  } catch (error) {
    if (pending.isDeleted) {
      parts.metrics.replies.inc({ kind: "abandoned" });
      parts.log.info({ event: "reply.abandoned", ...factsOf(message) });
    } else {
      const tell = async (words: string) => {
        const isOurs = !parts.stopping.aborted || (await arrival.claim?.isKept());
        if (isOurs !== false) await pending.tell(words);
      };
      await reportFailure(message, error, tell, parts);
    }
  }
}

async function answer(
  pending: PendingAnswer,
  arrival: Arrival,
  parts: MessageHandlerParts,
): Promise<void> {
  const { message, signal } = pending;
  const botId = message.client.user.id;
  const { maximumTurns } = HISTORY_LIMITS;
  const read = await parts.conversations.of(message, maximumTurns, signal);
  const member = memberOf(message, message.author.id);
  const { plain } = requestIn(message, botId);
  const history = boundHistory(read.turns, HISTORY_LIMITS);
  const nothing = nothingSentence(history, arrival.say);
  if (nothing !== undefined) return pending.tell(nothing);
  const reply = await parts.replies.reply({
    member,
    history,
    plain,
    channelId: message.channelId,
    place: arrival.style,
    signal,
    onProgress: (shown) => pending.grow(shown),
  });
  if (pending.isDeleted) throw signal.reason;
  const seconds = (performance.now() - arrival.at) / 1000 - read.seconds;
  parts.metrics.replyOwnSeconds.observe(Math.max(0, seconds - (reply.generationSeconds ?? 0)));
  await send(
    pending,
    member,
    { reply, notice: noticeBelow(reply, history, arrival.say) },
    arrival,
    parts,
  );
  parts.metrics.replies.inc({ kind: reply.kind });
  const { firstWordsAt } = pending;
  if (firstWordsAt !== undefined) {
    parts.metrics.firstWordsSeconds.observe((firstWordsAt - arrival.at) / 1000);
  }
  parts.log.info({
    event: "reply.sent",
    kind: reply.kind,
    guildId: member.guildId,
    messageId: message.id,
  });
}

async function send(
  pending: PendingAnswer,
  member: MemberKey,
  { reply, notice }: { readonly reply: Reply; readonly notice: string | undefined },
  { begun, say }: Arrival,
  { posting, plainAnswers, display, consents, replyNotes }: MessageHandlerParts,
): Promise<void> {
  if (reply.kind === "ballot") {
    if (reply.closes !== undefined) display.lapse(reply.closes);
    if (await posting.post(pending, reply.draft, { notice, say })) return;
  }
  const { text, why, another } = reply.kind === "answer" ? reply : reply.instead;
  const body = notice === undefined ? text : `${text}\n\n${notice}`;
  const sent = await pending.answer(body, another && anotherControls(say));
  const messageIds = sent.map(({ id }) => id);
  plainAnswers.add(messageIds);
  if (why !== undefined || another !== undefined) {
    await unlessStoreIsDown(replyNotes.note(messageIds, member, why, another));
  }
  if (reply.kind === "answer" && reply.asksConsent) {
    await unlessStoreIsDown(askConsent(pending.message, member, consents, begun, say));
  }
}

function sayTo(message: Message, { speech }: Pick<MessageHandlerParts, "speech">): Promise<Say> {
  return speech.to(memberOf(message, message.author.id));
}

function placeOf(
  message: Message,
  { guildSettings }: Pick<MessageHandlerParts, "guildSettings">,
): Promise<Place> {
  return guildSettings.placeOf(message.guildId, message.channelId, parentOf(message));
}

function askerOf(message: Message): Asker {
  return { ...memberOf(message, message.author.id), channelId: message.channelId };
}

function factsOf({ id, guildId }: Message) {
  return { messageId: id, guildId };
}

/** Counts and logs `failure`, and lets `tell` say why no answer comes. Never throws. */
async function reportFailure(
  message: Message,
  failure: unknown,
  tell: (excuse: string) => Promise<void>,
  { metrics, stopping, speech, log }: MessageHandlerParts,
): Promise<void> {
  metrics.replies.inc({ kind: failure instanceof LimitReachedError ? "refused" : "failed" });
  const isCut = failure instanceof AnswerCutError;
  const error = isCut ? failure.cause : failure;
  const facts = factsOf(message);
  if (stopping.aborted) log.info({ event: "reply.interrupted", ...facts });
  else logReason(log, facts, error);
  const isOldNews = error instanceof LimitReachedError && !error.refusal.isNews;
  // In a channel that is gone or closed to the bot there is nobody to tell.
  if (isOldNews || isGone(error) || isForbidden(error)) return;
  try {
    const say = await sayTo(message, { speech });
    const excuse = stopping.aborted ? say("messages.restarting") : sentenceOf(error, isCut, say);
    await tell(excuse);
  } catch (second) {
    logFailure(log, { event: "reply.untold", ...facts }, second);
  }
}

function logReason(
  log: Log,
  facts: { readonly messageId: string; readonly guildId: string | null },
  error: unknown,
): void {
  if (error instanceof LimitReachedError) {
    const { unit, scope } = error.refusal;
    log.info({ event: "reply.refused", unit, scope, ...facts });
  } else if (error instanceof ServerPausedError) {
    log.info({ event: "reply.paused", kind: error.kind, ...facts });
  } else logFailure(log, { event: "reply.failed", ...facts }, error);
}

function sentenceOf(error: unknown, isCut: boolean, say: Say): string {
  if (isUnwanted(error)) return say(isCut ? "messages.cutByRules" : "messages.unwanted");
  if (isCut) return say("messages.cut");
  return error instanceof GenerationFailedError
    ? error.memberSentence(say)
    : say("messages.failed");
}
