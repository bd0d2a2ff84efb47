/**
 * A training's recipe: all that it decided before its last fit, so that it can be followed again
 * without somebody. Plain data; knows no votes.
 */
import type { PersonalShare } from "./personal-share.js";

/** What imagined members are like: independent in every feature, or as the start says. */
export type ShrinkageTarget = "independent" | "start";

/** Where training starts and what it shrinks towards. */
export interface Origin {
  /** No knowledge, or what the starter base rewards imply. */
  readonly from: "nothing" | "starter";
  readonly target: ShrinkageTarget;
}

/** What decides the population. */
export interface PopulationSettings extends Origin {
  /** Imagined members that the covariance is shrunk by. */
  readonly shrinkage: number;
  /** Rounds of the estimator; fewer regularise more. */
  readonly rounds: number;
}

export interface LinearSettings extends PopulationSettings {
  /** Whether the average member's taste is used, because it predicts other members' votes. */
  readonly shared: boolean;
  /** J. */
  readonly rank: number;
  /** Whether what members differ in outside of the base rewards makes logits smaller. */
  readonly attenuated: boolean;
  /** κ, how personal members' weights may be. */
  readonly personalShare: PersonalShare;
}

/** What a training has decided. */
export interface Recipe extends LinearSettings {
  /** Turns that the hidden layer was trained for; 0 if φ is linear. */
  readonly hiddenTurns: number;
}
