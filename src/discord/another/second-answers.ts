/**
 * Where the other answer comes from: the runner-up that was stored with the first, or one more that the
 * language model writes.
 */
import type { ButtonInteraction } from "discord.js";
import type { BallotDraft } from "../../ballots/ballots.js";
import type { ReplyNotes } from "../../ballots/reply-notes.js";
import { LimitReachedError } from "../../conversation/candidates/limit-reached-error.js";
import { boundHistory, HISTORY_LIMITS } from "../../conversation/history.js";
import type { ReplyPolicy } from "../../conversation/reply-policy.js";
import type { GuildSettings } from "../../guilds/guild-settings.js";
import type { Limits } from "../../limits/limits.js";
import type { Log } from "../../shared/log.js";
import type { MemberKey } from "../../store/records.js";
import { parentOf, serverOf } from "../messages/addressing.js";
import type { Conversations } from "../messages/conversations.js";
import { repliedTo } from "../messages/reply-chain.js";
import { whileTyping } from "../messages/typing.js";
import type { AnotherRefusal } from "./another-controls.js";

/** Below an answer that the deck gave: it says where it comes from. */
const NOTICE = /\n\n-# [^\n]+$/;

export interface SecondAnswersParts {
  readonly replies: Pick<ReplyPolicy, "another">;
  readonly replyNotes: Pick<ReplyNotes, "another">;
  readonly conversations: Pick<Conversations, "of">;
  readonly guildSettings: Pick<GuildSettings, "styleIn">;
  readonly limits: Pick<Limits, "admit">;
  /** Aborted when there is no time left to wait for a language model. */
  readonly stopping: AbortSignal;
  readonly log: Log;
}

export class SecondAnswers {
  constructor(private readonly parts: SecondAnswersParts) {}

  /**
   * The answer in the messages `pieces` and another one, with their texts; or why there is none. Throws
   * `GenerationFailedError`.
   */
  async beside(
    interaction: ButtonInteraction,
    member: MemberKey,
    pieces: readonly string[],
  ): Promise<BallotDraft | AnotherRefusal> {
    const shown = await this.#textOf(interaction, pieces);
    if (shown === undefined) return "another.tooOld";
    const [notice = ""] = NOTICE.exec(shown) ?? [];
    const kept = await this.parts.replyNotes.another(interaction.message.id);
    const first = shown.slice(0, shown.length - notice.length);
    const isOther = kept?.draft?.candidates[1].text.trim() !== first.trim();
    const draft =
      kept?.draft !== undefined && isOther
        ? kept.draft
        : await this.#write(interaction, member, pieces, {
            text: first,
            ...(kept?.manner && { manner: kept.manner }),
          });
    if (draft === undefined || typeof draft === "string") return draft ?? "another.same";
    const below = draft.demonstration ? notice : "";
    const [a, b] = draft.candidates;
    const candidates = [
      { ...a, text: shown },
      { ...b, text: b.text + below },
    ] as const;
    return { ...draft, candidates };
  }

  /** As Discord shows it now; undefined if some of it is gone. */
  async #textOf(
    { channel, message }: ButtonInteraction,
    pieces: readonly string[],
  ): Promise<string | undefined> {
    const contents: string[] = [];
    for (const id of pieces) {
      if (id === message.id) contents.push(message.content);
      else {
        const piece = await channel?.messages.fetch(id).catch(() => undefined);
        if (piece === undefined) return undefined;
        contents.push(piece.content);
      }
    }
    return contents.join("\n");
  }

  /** Undefined if it came out the same. */
  async #write(
    interaction: ButtonInteraction,
    member: MemberKey,
    pieces: readonly string[],
    first: Parameters<ReplyPolicy["another"]>[1],
  ): Promise<BallotDraft | AnotherRefusal | undefined> {
    const { conversations, guildSettings, limits, log, replies, stopping } = this.parts;
    const { channel, channelId, message } = interaction;
    const answer = pieces[0] === message.id ? message : await channel?.messages.fetch(pieces[0]!);
    const question = answer && (await repliedTo(answer, log));
    if (question === undefined || channel === null) return "another.tooOld";
    if (question.author.id !== member.memberId) return "another.notYours";
    const refusal = limits.admit({ ...member, channelId });
    if (refusal !== undefined) throw new LimitReachedError(refusal);
    const { maximumTurns } = HISTORY_LIMITS;
    const { turns } = await conversations.of(question, maximumTurns, stopping);
    const parentId = parentOf({ channel });
    const request = {
      member,
      history: boundHistory(turns, HISTORY_LIMITS),
      channelId,
      place: await guildSettings.styleIn(serverOf(interaction), channelId, parentId),
      signal: stopping,
    };
    return whileTyping(question.channel, log, () => replies.another(request, first));
  }
}
