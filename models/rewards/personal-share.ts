/**
 * κ, how personal a model is: members' weights spread κ times as far about the average as the votes
 * alone say, λ ~ N(μ, κ²Λ⁻¹). The training chooses it; it acts through the prior, so on everything that
 * is made of λ and H.
 */

/** The shares that training chooses from, the most personal first. */
export const PERSONAL_SHARES = [1, 0.5, 0.25, 0] as const;
export type PersonalShare = (typeof PERSONAL_SHARES)[number];

/** What stands for a spread of 0, whose precision would be infinite. No number of votes moves λ then. */
export const NO_SPREAD = 1e-3;

/** κ⁻²Λ, [J, J]. */
export function narrowed(precision: Float64Array, share: PersonalShare): Float64Array {
  const spread = Math.max(share, NO_SPREAD);
  return precision.map((entry) => entry / spread ** 2);
}

/** Whether members agree, as far as their votes tell: then nobody is asked, and no taste is claimed. */
export function membersAgree(model: { readonly personalShare?: PersonalShare }): boolean {
  return model.personalShare === 0;
}
