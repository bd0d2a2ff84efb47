/** Everything that is kept about one person, wherever: listed, exported, deleted. */

import type { Calibrations } from "../calibration/calibrations.js";
import type { ReplyNotes } from "../chat/reply-notes.js";
import type { Consents } from "../consent/consents.js";
import { memberOfKey } from "../storage/keys.js";
import type { BallotRecord, MemberKey } from "../storage/records.js";
import type { Store } from "../storage/store.js";
import type { Ballots } from "../voting/ballots.js";
import type { Questions } from "../voting/questions.js";
import type { Votes } from "../voting/votes.js";
import type { Profiles } from "./profiles.js";

export interface MemberDataParts {
  readonly store: Store;
  readonly consents: Consents;
  readonly profiles: Profiles;
  readonly questions: Questions;
  readonly calibrations: Calibrations;
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly replyNotes: ReplyNotes;
}

export interface Deletion {
  readonly places: number;
  readonly votes: number;
  readonly ballots: number;
}

export class MemberData {
  constructor(private readonly parts: MemberDataParts) {}

  /** The guilds in which anything is kept about the person, the direct messages among them. */
  async placesOf(memberId: string): Promise<string[]> {
    const { store, consents } = this.parts;
    const guilds = new Set(await consents.placesOf(memberId));
    for (const repository of [store.profiles, store.questions, store.calibrations]) {
      for await (const [key] of repository.entries()) {
        const member = memberOfKey(key);
        if (member.memberId === memberId) guilds.add(member.guildId);
      }
    }
    for await (const [, ballot] of store.ballots.entries()) {
      if (ballot.memberId === memberId) guilds.add(ballot.guildId);
    }
    return [...guilds].sort();
  }

  /** The member's ballots with their texts. */
  async ballotsOf(member: MemberKey): Promise<[messageId: string, ballot: BallotRecord][]> {
    const found: [string, BallotRecord][] = [];
    for (const messageId of await this.#ballotIds(member)) {
      const ballot = await this.parts.ballots.get(messageId);
      if (ballot !== undefined) found.push([messageId, ballot]);
    }
    return found;
  }

  /** Deletes everything in `places`. What is on its way at this moment is waited for and deleted too. */
  async delete(memberId: string, places: readonly string[]): Promise<Deletion> {
    let votes = 0;
    let ballots = 0;
    for (const guildId of places) {
      const member = { guildId, memberId };
      // Without consent nothing new is stored; then what is, writer by writer, the profile last.
      await this.parts.consents.forget(member);
      for (const messageId of await this.#ballotIds(member)) {
        await this.parts.votes.close(messageId);
        ballots++;
      }
      await this.parts.calibrations.forget(member);
      await this.parts.questions.forget(member);
      await this.parts.replyNotes.forget(
        (reply) => reply.memberId === memberId && reply.guildId === guildId,
      );
      votes += await this.parts.profiles.reset(member);
    }
    return { places: places.length, votes, ballots };
  }

  async #ballotIds(member: MemberKey): Promise<string[]> {
    const messageIds: string[] = [];
    for await (const [messageId, ballot] of this.parts.store.ballots.entries()) {
      if (ballot.memberId === member.memberId && ballot.guildId === member.guildId) {
        messageIds.push(messageId);
      }
    }
    return messageIds;
  }
}
