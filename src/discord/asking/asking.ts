/**
 * Answers what members ask by a command, a menu or a form, wherever they are: everything goes by the
 * interaction, because the bot may be a stranger there.
 */
import {
  type ChatInputCommandInteraction,
  InteractionContextType,
  type InteractionDeferReplyOptions,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from "discord.js";
import type { ReplyNotes, Why } from "../../ballots/reply-notes.js";
import { GenerationFailedError } from "../../conversation/candidates/generation-error.js";
import { LimitReachedError } from "../../conversation/candidates/limit-reached-error.js";
import { boundHistory, HISTORY_LIMITS } from "../../conversation/history.js";
import type { Reply } from "../../conversation/reply.js";
import type { ReplyPolicy } from "../../conversation/reply-policy.js";
import type { GuildSettings } from "../../guilds/guild-settings.js";
import type { Say } from "../../language/say.js";
import type { Limits } from "../../limits/limits.js";
import { refusalSentence } from "../../limits/refusal.js";
import type { Consents } from "../../members/consents.js";
import type { Metrics } from "../../observability/metrics.js";
import type { Log } from "../../shared/log.js";
import type { Condition } from "../../store/condition.js";
import type { MemberKey } from "../../store/records.js";
import { unlessStoreIsDown } from "../../store/unless-store-is-down.js";
import type { BallotDisplay } from "../ballots/showing.js";
import type { EnclosureReader, UnreadTurn } from "../enclosures/enclosure-reader.js";
import { logFailure } from "../gateway/discord-errors.js";
import { askConsentPrivately } from "../interactions/consent-messages.js";
import { memberOf, parentOf, serverOf } from "../messages/addressing.js";
import { nothingSentence, noticeBelow } from "../messages/notices.js";
import { followUpsOf, piecesOf, showPieces } from "./answer-pieces.js";
import type { AskedBallots } from "./asked-ballots.js";
import { answerControls } from "./controls.js";
import type { PersonalUse } from "./personal-use.js";
import type { Remembered } from "./remembered.js";

export interface AskingParts {
  readonly enclosures: Pick<EnclosureReader, "read">;
  readonly replies: Pick<ReplyPolicy, "reply">;
  readonly consents: Consents;
  readonly replyNotes: Pick<ReplyNotes, "note">;
  readonly guildSettings: Pick<GuildSettings, "maySpeak" | "styleIn">;
  readonly limits: Pick<Limits, "admit">;
  readonly display: Pick<BallotDisplay, "lapse">;
  readonly askedBallots: AskedBallots;
  readonly remembered: Remembered;
  readonly personalUse: Pick<PersonalUse, "refusal" | "refusalInDirect">;
  readonly metrics: Pick<Metrics, "replies" | "replyOwnSeconds">;
  /** Aborted when there is no time left to wait for a language model. */
  readonly stopping: AbortSignal;
  readonly log: Log;
}

export type Asked =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ModalSubmitInteraction;

export interface Question {
  /** Oldest first; the last turn is the question. */
  readonly turns: readonly UnreadTurn[];
  readonly plain: boolean;
  /** Whether only the member is to see the answer. */
  readonly isPrivate: boolean;
}

/** What is known of a question when it comes. */
interface Arrival extends Question {
  readonly member: MemberKey;
  /** By the monotonic clock. */
  readonly at: number;
  readonly begun: Condition;
  /** Of the answer, if it is known already. */
  readonly messageId: string | undefined;
  readonly say: Say;
}

interface Aftermath {
  readonly messageIds: readonly string[];
  readonly why: Why | undefined;
  readonly asksConsent: boolean;
}

/** Answers questions that come by interactions. */
export class AskingService {
  constructor(private readonly parts: AskingParts) {}

  /** What it works with, for the buttons below its answers. */
  get askedBallots(): AskedBallots {
    return this.parts.askedBallots;
  }

  get remembered(): Remembered {
    return this.parts.remembered;
  }

  /**
   * Answers `question`. Unless that is done, it tells Discord at once that the answer takes a moment:
   * nothing slow may come before this. Throws what the dispatcher reports.
   */
  async answer(interaction: Asked, question: Question, say: Say): Promise<void> {
    const at = performance.now();
    const member = memberOf(interaction, interaction.user.id);
    const begun = this.parts.consents.begin(member);
    const refusal = await this.#refusalAtOnce(interaction, member, say);
    const isPrivate = question.isPrivate || refusal !== undefined;
    const messageId = interaction.deferred ? undefined : await defer(interaction, isPrivate);
    const reason = refusal ?? (await this.#refusalOfPersonalUse(interaction, say));
    if (reason !== undefined) {
      this.parts.metrics.replies.inc({ kind: "refused" });
      await interaction.editReply(reason);
      return;
    }
    const arrival = { ...question, member, at, begun, messageId, say };
    try {
      await this.#answer(interaction, arrival);
    } catch (error) {
      await this.#report(interaction, error, say);
    }
  }

  /** A closed channel or a limit, known without asking anybody. */
  async #refusalAtOnce(
    interaction: Asked,
    member: MemberKey,
    say: Say,
  ): Promise<string | undefined> {
    const { guildSettings, limits } = this.parts;
    const channelId = interaction.channelId ?? "";
    const parentId = parentOf(interaction);
    const mayAnswer = await guildSettings.maySpeak(serverOf(interaction), channelId, parentId);
    if (!mayAnswer) return say("asking.closedChannel");
    const refusal = limits.admit({ ...member, channelId });
    return refusal && refusalSentence(refusal, say);
  }

  /** On a server of the bot's everybody may ask. */
  async #refusalOfPersonalUse(interaction: Asked, say: Say): Promise<string | undefined> {
    const { personalUse } = this.parts;
    if (serverOf(interaction) !== null) return undefined;
    const { id } = interaction.user;
    const refusal = isDirect(interaction)
      ? await personalUse.refusalInDirect(id)
      : await personalUse.refusal(id);
    return refusal && say(refusal);
  }

  async #answer(interaction: Asked, arrival: Arrival): Promise<void> {
    const { guildSettings, metrics, log, replies, stopping } = this.parts;
    const channelId = interaction.channelId ?? "";
    const parentId = parentOf(interaction);
    const { member, plain } = arrival;
    const asker = { ...member, channelId };
    const reading = { asker, messageId: interaction.id, signal: stopping };
    const { turns, seconds: readSeconds } = await this.parts.enclosures.read(
      arrival.turns,
      reading,
    );
    const history = boundHistory(turns, HISTORY_LIMITS);
    const nothing = nothingSentence(history, arrival.say);
    if (nothing !== undefined) {
      await interaction.editReply(nothing);
      return;
    }
    const reply = await replies.reply({
      member,
      history,
      plain,
      channelId,
      place: await guildSettings.styleIn(serverOf(interaction), channelId, parentId),
      signal: stopping,
    });
    // The member has been told that the bot is being restarted.
    if (stopping.aborted) return;
    const seconds = (performance.now() - arrival.at) / 1000 - readSeconds;
    metrics.replyOwnSeconds.observe(Math.max(0, seconds - (reply.generationSeconds ?? 0)));
    const notice = noticeBelow(reply, history, arrival.say);
    await this.#send(interaction, arrival, { reply, notice });
    metrics.replies.inc({ kind: reply.kind });
    const facts = { guildId: member.guildId, interactionId: interaction.id };
    log.info({ event: "ask.answered", kind: reply.kind, ...facts });
  }

  async #send(
    interaction: Asked,
    arrival: Arrival,
    { reply, notice }: { readonly reply: Reply; readonly notice: string | undefined },
  ): Promise<void> {
    const { askedBallots, display, log, remembered } = this.parts;
    const { messageId, say, turns } = arrival;
    const { memberId } = arrival.member;
    if (reply.kind === "ballot") {
      if (reply.closes !== undefined) display.lapse(reply.closes);
      const ballotId = messageId ?? (await interaction.fetchReply()).id;
      remembered.keep(ballotId, { memberId, turns });
      if (await askedBallots.post(interaction, ballotId, reply.draft, { notice, say })) return;
    }
    const asksConsent = reply.kind === "answer" && reply.asksConsent === true;
    const { text, why } = reply.kind === "answer" ? reply : reply.instead;
    const body = notice === undefined ? text : `${text}\n\n${notice}`;
    const followUps = followUpsOf(interaction) - (asksConsent ? 1 : 0);
    const controls = { rows: answerControls({ voted: false }, say), below: "last" } as const;
    const pieces = piecesOf(body, interaction, followUps, say);
    const sent = await showPieces(interaction, pieces, controls, { say, log });
    const messageIds = sent.map(({ id }) => id);
    // Any piece may be in hand for “Answer without my profile”.
    for (const id of messageIds) remembered.keep(id, { memberId, turns, answer: text });
    try {
      await this.#follow(interaction, arrival, { messageIds, why, asksConsent });
    } catch (error) {
      // The answer stands, and the dispatcher would write over it.
      logFailure(log, { event: "ask.unfinished", interactionId: interaction.id }, error);
    }
  }

  /** What comes after an answer: why it was chosen, and perhaps the question of consent. */
  async #follow(
    interaction: Asked,
    { member, begun, say }: Arrival,
    { messageIds, why, asksConsent }: Aftermath,
  ): Promise<void> {
    const { consents, replyNotes } = this.parts;
    if (why !== undefined) await unlessStoreIsDown(replyNotes.note(messageIds, member, why));
    if (!asksConsent) return;
    const asking = askConsentPrivately(interaction, member, { consents, begun, say });
    await unlessStoreIsDown(asking);
  }

  /** The answer may stand already, so a failure that is not the language model's goes to the dispatcher. */
  async #report(interaction: Asked, error: unknown, say: Say): Promise<void> {
    const { log, metrics, stopping } = this.parts;
    if (stopping.aborted) return;
    metrics.replies.inc({ kind: error instanceof LimitReachedError ? "refused" : "failed" });
    if (!(error instanceof GenerationFailedError)) throw error;
    logFailure(log, { event: "ask.failed", interactionId: interaction.id }, error);
    await interaction.editReply(error.memberSentence(say));
  }
}

/** Returns the id of the message that will be the answer. */
async function defer(interaction: Asked, isPrivate: boolean): Promise<string> {
  const options: InteractionDeferReplyOptions & { withResponse: true } = {
    withResponse: true,
    ...(isPrivate && { flags: MessageFlags.Ephemeral }),
  };
  const { interaction: told } = await interaction.deferReply(options);
  return told.responseMessageId ?? (await interaction.fetchReply()).id;
}

/** Whether it comes from direct messages with the bot. */
function isDirect({ context, guildId }: Asked): boolean {
  return guildId === null && context !== InteractionContextType.PrivateChannel;
}
