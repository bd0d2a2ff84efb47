/** What is tried: how many people, how many votes before and after, and what happens in between. */

/** What happens to people's tastes between the two trainings; with coins they have none at all. */
export type Happening = "same tastes" | "other tastes" | "coins";

/** A second training, after everybody has voted some more and some people have joined. */
export interface Second {
  /** Votes of each person by then. */
  readonly votes: number;
  /** People who joined in between. */
  readonly joined: number;
  readonly happening: Happening;
}

/** One first training, and the second ones that follow on it. */
export interface Plan {
  readonly members: number;
  /** Votes of each person at the first training. */
  readonly votes: number;
  readonly coins: boolean;
  readonly seconds: readonly Second[];
}

function more(votes: number, joined: number): Second {
  return { votes, joined, happening: "same tastes" };
}

const NO_CHANGE = more(20, 0);

export const PLANS: readonly Plan[] = [
  { members: 20, votes: 20, coins: false, seconds: [more(26, 3)] },
  {
    members: 40,
    votes: 20,
    coins: false,
    seconds: [
      NO_CHANGE,
      more(26, 0),
      more(26, 5),
      more(40, 5),
      { votes: 40, joined: 5, happening: "other tastes" },
    ],
  },
  { members: 40, votes: 10, coins: false, seconds: [more(20, 5)] },
  { members: 80, votes: 20, coins: false, seconds: [more(26, 10)] },
  { members: 160, votes: 20, coins: false, seconds: [more(26, 20)] },
  {
    members: 40,
    votes: 20,
    coins: true,
    seconds: [{ votes: 26, joined: 5, happening: "coins" }],
  },
];
