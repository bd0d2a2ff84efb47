/**
 * Holds what a store has against what the members know and against what Discord shows. Every line
 * that comes back is something lost, doubled, stuck or wrong.
 */
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { estimateUserWeights } from "../../models/rewards/user-weights.js";
import { CHOICE_EMOJI, choiceOfEmoji, outcomeOfChoice } from "../../src/ballots/choices.js";
import { voteOf } from "../../src/ballots/votes.js";
import { toComparisons, weightsOfRecord } from "../../src/members/engine-data.js";
import type { BallotRecord, ComparisonRecord, ProfileRecord } from "../../src/store/records.js";
import type { Repository } from "../../src/store/repository.js";
import type { Store } from "../../src/store/store.js";
import type { StoredMessage } from "../support/loopback-discord/world.js";
import { isBallot } from "../support/running-bot.js";
import { shows, type WatchedBallot } from "./voter.js";

/** Everything that counts, as the store has it at one moment. */
export interface Kept {
  readonly ballots: ReadonlyMap<string, BallotRecord>;
  readonly comparisons: ReadonlyMap<string, ComparisonRecord>;
  readonly profiles: ReadonlyMap<string, ProfileRecord>;
}

export async function readKept(store: Store): Promise<Kept> {
  return {
    ballots: await all(store.ballots),
    comparisons: await all(store.comparisons),
    profiles: await all(store.profiles),
  };
}

/** Whether every vote is there once, as its member knows it. `retired`: of ballots that are closed. */
export function wrongVotes(
  kept: Kept,
  watched: readonly WatchedBallot[],
  retired: ReadonlyMap<string, ComparisonRecord>,
): string[] {
  const wrong: string[] = [];
  const expected = new Map(retired);
  for (const ballot of watched) {
    const { id } = ballot.message;
    const record = kept.ballots.get(id);
    if (record === undefined) {
      wrong.push(`ballot ${id} is not in the store`);
      continue;
    }
    const vote = voteOf(record);
    if (!allowedVotes(ballot).includes(vote)) {
      const known = allowedVotes(ballot).map((choice) => choice ?? "nothing");
      const story = ballot.history.join(", ");
      wrong.push(`ballot ${id} has ${vote}, the member knows ${known.join(" or ")}: ${story}`);
    }
    if (record.shown !== vote) wrong.push(`ballot ${id} shows ${record.shown} for ${vote}`);
    if (!shows(ballot, vote)) wrong.push(`the message ${id} does not show ${vote}`);
    const key = `${record.guildId}:${record.memberId}:${record.comparisonId}`;
    const comparison = kept.comparisons.get(key);
    if (vote === undefined) continue;
    if (comparison === undefined) wrong.push(`the vote on ${id} has no comparison`);
    else if (comparison.outcome !== outcomeOfChoice(vote).outcome) {
      wrong.push(`the comparison of ${id} has ${comparison.outcome} for ${vote}`);
    }
    expected.set(key, comparison!);
  }
  for (const key of kept.comparisons.keys()) {
    if (!expected.has(key)) wrong.push(`the comparison ${key} belongs to no vote`);
  }
  for (const [key, { outcome }] of retired) {
    if (kept.comparisons.get(key)?.outcome !== outcome) wrong.push(`the old vote ${key} is gone`);
  }
  return wrong;
}

/**
 * Whether Discord shows a ballot that the store does not know, or the store waits for one, for longer than
 * another process may be posting it.
 */
export function stuckBallots(kept: Kept, sent: readonly StoredMessage[], postingMs = 0): string[] {
  const latest = Date.now() - postingMs;
  const unknown = sent.filter((message) => isBallot(message) && !kept.ballots.has(message.id));
  const unposted = [...kept.ballots].filter(
    ([, { unposted, createdAt }]) => unposted && createdAt <= latest,
  );
  return [
    ...unknown.map(({ id }) => `the message ${id} asks, and the store does not know it`),
    ...unposted.map(([id]) => `the ballot below ${id} was never settled`),
  ];
}

/** Whether each profile is what its comparisons give. */
export function wrongProfiles(kept: Kept, model: BaseRewardModel): string[] {
  const members = new Map<string, ComparisonRecord[]>();
  for (const key of kept.profiles.keys()) members.set(key, []);
  for (const [key, comparison] of kept.comparisons) {
    const member = key.slice(0, key.lastIndexOf(":"));
    members.set(member, [...(members.get(member) ?? []), comparison]);
  }
  return [...members].flatMap(([member, comparisons]) => {
    const record = kept.profiles.get(member);
    if (record === undefined) return [`${member} has votes and no profile`];
    if (record.stale) return [`the profile of ${member} is stale`];
    const right = estimateUserWeights(
      model,
      toComparisons(comparisons, model.encoderId, model.dimensions),
    );
    const same = JSON.stringify(weightsOfRecord(record)) === JSON.stringify(right);
    return same
      ? []
      : [`the profile of ${member} is not what its ${comparisons.length} votes give`];
  });
}

/** What may stand: what was acknowledged, or anything after it of which nobody knows. */
export function allowedVotes({ by, message, voter, acknowledged, pending }: WatchedBallot) {
  if (by === "tap" || pending.length === 0) return [acknowledged, ...pending];
  const standing = Object.values(CHOICE_EMOJI).filter((emoji) =>
    message.reactions.get(emoji)?.includes(voter.user.id),
  );
  return standing.length === 0 ? [undefined] : standing.map(choiceOfEmoji);
}

async function all<Value>(repository: Repository<Value>): Promise<Map<string, Value>> {
  const records = new Map<string, Value>();
  for await (const [key, value] of repository.entries()) records.set(key, value);
  return records;
}
