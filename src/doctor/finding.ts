/** What the doctor finds: one line about one thing, and what to do about it. */

/** `advice`: it works, and could be better. `wrong`: something does not work. */
export type State = "well" | "advice" | "wrong";

export interface Finding {
  /** What was looked at, in a word or two. */
  readonly topic: string;
  readonly state: State;
  /** What was seen. */
  readonly text: string;
  /** What to do; none where all is well. */
  readonly remedy?: string;
}

export function well(topic: string, text: string): Finding {
  return { topic, state: "well", text };
}

export function advice(topic: string, text: string, remedy: string): Finding {
  return { topic, state: "advice", text, remedy };
}

export function wrong(topic: string, text: string, remedy: string): Finding {
  return { topic, state: "wrong", text, remedy };
}
