/** How a language model in a test names axes: well, and so that a test knows the names. */
import type { ExtremePair } from "../../src/training/axis-extremes.js";

export interface AxisQuestion {
  readonly axes: readonly { readonly axis: number; readonly pairs: readonly ExtremePair[] }[];
}

/** A good answer to an {@link AxisQuestion} in JSON. */
export function nameAxesOf(question: string): string {
  const { axes } = JSON.parse(question) as AxisQuestion;
  return JSON.stringify({
    axes: axes.map(({ axis }) => ({ axis, name: `axis ${axis}`, low: "little", high: "much" })),
  });
}

/** Whether a message asks for names of axes, and not for an answer to a member. */
export function isAxisQuestion(message: string): boolean {
  return message.startsWith('{"axes":');
}
