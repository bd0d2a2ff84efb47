/** Answers in eight plainly different styles, for a language model that runs in a test. */

export interface AnswerStyle {
  readonly long: boolean;
  readonly formal: boolean;
  readonly enthusiastic: boolean;
}

/** All combinations, neighbours as different as can be. */
export const STYLES: readonly AnswerStyle[] = [0, 7, 1, 6, 2, 5, 3, 4].map((bits) => ({
  long: (bits & 1) !== 0,
  formal: (bits & 2) !== 0,
  enthusiastic: (bits & 4) !== 0,
}));

const SHORT = {
  formal: "The recommended approach is moderate and regular practice, therefore proceed patiently.",
  casual: "yeah just try it out, you'll get there, it's kinda easy",
};

const LONG = {
  formal:
    "Furthermore, one should consider the circumstances, establish priorities, and subsequently evaluate the consequences of each alternative. A systematic procedure provides considerable advantages; nevertheless, individual requirements remain essential. Consequently, it is advisable to document the observations and to reconsider the decision after an appropriate interval.",
  casual:
    "so here's the thing, you don't have to sort it all out today, just pick one bit and see how it goes. if that's ok then do the next bit tomorrow, and don't worry if it's kinda messy at first, it's gonna be fine. most people get stuck cos they wanna do everything at once, and that's no fun at all, you know",
};

/** The answer to `question` in one style; `variant` keeps two answers of one style apart. */
export function styledAnswer(question: string, style: AnswerStyle, variant: number): string {
  const tone = style.formal ? "formal" : "casual";
  const body = style.long ? LONG[tone] : SHORT[tone];
  const topic = question.split(/\s+/).slice(-2).join(" ").replace(/[?!.]/g, "");
  const ending = style.enthusiastic ? " This is wonderful, amazing! Great!" : ".";
  return `${body}${ending} (${topic}, ${variant})`;
}

/** Halfway by ratio between the texts of about 15 words and those of about 50: whatever is asked for, the nearer comes. */
const SHORT_WORDS = 28;

/** `style` as far as `told`, the sentences of a manner, leaves it free: this model does as it is told. */
export function styleAsTold(style: AnswerStyle, told: readonly string[]): AnswerStyle {
  const all = told.join(" ");
  const words = Number(all.match(/about (\d+) words/)?.[1] ?? 0);
  const isFormal = /formal register|Avoid contractions|complete sentences/.test(all);
  const isCasual = /Use contractions|casual/.test(all);
  const isWarm = /warm|friendly|playful/.test(all);
  const isSober = /businesslike|no exclamation|no pleasantries|sober/.test(all);
  return {
    long: words === 0 ? style.long : words > SHORT_WORDS,
    formal: (style.formal || isFormal) && !isCasual,
    enthusiastic: (style.enthusiastic || isWarm) && !isSober,
  };
}

/** The style in which `text` was written. */
export function styleOf(text: string): AnswerStyle | undefined {
  return STYLES.find((style) => {
    const tone = style.formal ? "formal" : "casual";
    const start = `${style.long ? LONG[tone] : SHORT[tone]}${style.enthusiastic ? " This is" : ". ("}`;
    return text.startsWith(start);
  });
}
