/** Simulated members who have voted before: base rewards are learned from many members, not from one. */
import type { RandomGenerator } from "../../models/algebra/random.js";
import type { Services } from "../compose.js";
import type { DeckAnswer, DeckPrompt } from "../shared/deck/deck.js";
import type { BallotCandidate } from "../store/records.js";
import { featuresToText } from "../store/vector-text.js";
import { voteOn } from "./rounds.js";
import { simulatedVote, type Taste } from "./simulated-member.js";

export const NEIGHBOURS = 30;
export const VOTES_EACH = 30;

/** What {@link seatNeighbours} calls. */
export type NeighbourServices = Pick<
  Services,
  "ballots" | "compute" | "consents" | "models" | "profiles" | "votes"
>;

/** Member ids of neighbours begin here; the member at the terminal has a smaller one. */
const FIRST_ID = 100;

/** Lets {@link NEIGHBOURS} members of `population` vote {@link VOTES_EACH} times each on `prompts`. */
export async function seatNeighbours(
  services: NeighbourServices,
  guildId: string,
  prompts: readonly DeckPrompt[],
  population: () => Taste,
  random: RandomGenerator,
): Promise<void> {
  const candidates = await encodeAnswers(services, prompts);
  for (let neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
    const member = { guildId, memberId: String(FIRST_ID + neighbour) };
    const taste = population();
    await services.consents.grant(member);
    await services.consents.setPooled(member, true);
    for (let vote = 0; vote < VOTES_EACH; vote++) {
      const pair = randomPair(prompts, random);
      await voteOn(
        services,
        draftOf(services, member, pair, candidates),
        simulatedVote(taste, pair, random),
      );
    }
  }
}

function draftOf(
  { models }: Pick<Services, "models">,
  member: { guildId: string; memberId: string },
  [a, b]: readonly [DeckAnswer, DeckAnswer],
  candidates: ReadonlyMap<DeckAnswer, BallotCandidate>,
) {
  return {
    member,
    candidates: [candidates.get(a)!, candidates.get(b)!] as const,
    encoder: models.current.encoderId,
    source: "deck" as const,
    trains: true,
    demonstration: true,
  };
}

function randomPair(
  prompts: readonly DeckPrompt[],
  random: RandomGenerator,
): readonly [DeckAnswer, DeckAnswer] {
  const { answers } = prompts[Math.floor(random() * prompts.length)]!;
  const first = Math.floor(random() * answers.length);
  const second = (first + 1 + Math.floor(random() * (answers.length - 1))) % answers.length;
  return [answers[first]!, answers[second]!];
}

async function encodeAnswers(
  { compute, models, profiles }: Pick<Services, "compute" | "models" | "profiles">,
  prompts: readonly DeckPrompt[],
): Promise<Map<DeckAnswer, BallotCandidate>> {
  const model = models.current;
  const nobody = await profiles.userWeights({ guildId: "", memberId: "" });
  const encoded = new Map<DeckAnswer, BallotCandidate>();
  for (const { answers } of prompts) {
    const responses = answers.map((answer) => answer.text);
    const { features } = await compute.scoreCandidates({ model, userWeights: nobody, responses });
    answers.forEach((answer, row) => {
      const own = features.subarray(row * model.dimensions, (row + 1) * model.dimensions);
      encoded.set(answer, { text: answer.text, features: featuresToText(own) });
    });
  }
  return encoded;
}
