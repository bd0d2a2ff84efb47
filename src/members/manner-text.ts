/** What the language model is told about a member's taste, in the very sentences and in what they mean. No Discord. */
import type { Slot } from "../../models/steering/spread.js";
import { STEERABLE_AXES, type SteerableAxis } from "../../models/steering/steerable-axes.js";
import { type Directive, sentenceOf } from "../../models/steering/vocabulary.js";
import type { Say } from "../language/say.js";

/** What goes along with a member's messages as things stand. */
export interface StandingManner {
  /** Whether the member has agreed that anything may. */
  readonly agreed: boolean;
  /** What they have switched off. */
  readonly withheld: readonly SteerableAxis[];
  readonly directives: readonly Directive[];
  /** Whether they get one answer at once instead of the best of several. */
  readonly fast: boolean;
}

/** Some lines: the sentences, what is switched off, and whether answers are fast. */
export function standingText(standing: StandingManner, say: Say): string {
  const told = toldText(standing, say);
  return standing.fast ? `${told}\n${say("manner.fast")}` : told;
}

function toldText({ agreed, withheld, directives }: StandingManner, say: Say): string {
  if (!agreed) return say("manner.notAgreed");
  const told =
    directives.length === 0
      ? say("manner.toldNothingYet")
      : say("manner.told", { words: quoted(directives, say) });
  const off = STEERABLE_AXES.filter((axis) => withheld.includes(axis));
  const axes = off.map((axis) => say(`manner.${axis}`)).join(", ");
  return [
    told,
    off.length === 0 ? say("manner.switchOff") : say("manner.switchedOff", { axes }),
  ].join("\n");
}

/** For a reply: in which manner it was asked for. */
export function mannerSentence({ directives }: Pick<Slot, "directives">, say: Say): string {
  return directives.length === 0
    ? say("manner.plainAnswer")
    : say("manner.wasTold", { words: quoted(directives, say) });
}

/** For a table's heading: what the sentences say, alone. */
export function shortManner({ directives }: Pick<Slot, "directives">, say: Say): string {
  return directives.length === 0 ? say("manner.plain") : meaningOf(directives, say);
}

/** The very words that go along, and behind them what they mean where the reader's language is another. */
function quoted(directives: readonly Directive[], say: Say): string {
  const words = `“${directives.map(sentenceOf).join(" ")}”`;
  return say.language === "en" ? words : `${words} (${meaningOf(directives, say)})`;
}

function meaningOf(directives: readonly Directive[], say: Say): string {
  return directives.map((directive) => sentenceIn(directive, say)).join(" ");
}

function sentenceIn({ axis, pole, dose, words = 0 }: Directive, say: Say): string {
  if (axis === "length") return say("directives.length", { words });
  return say(`directives.${axis}${pole < 0 ? "Low" : "High"}${dose}`);
}
