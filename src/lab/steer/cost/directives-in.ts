/** What a system message asks for, read back from its sentences. */
import { STEERABLE_AXES } from "../../../../models/steering/steerable-axes.js";
import {
  type Directive,
  type Dose,
  sentenceOf,
  WORD_TARGETS,
} from "../../../../models/steering/vocabulary.js";

const DOSES: readonly Dose[] = [1, 2, 3];

const DIRECTIVES = new Map<string, Directive>(
  STEERABLE_AXES.flatMap((axis): Directive[] =>
    axis === "length"
      ? WORD_TARGETS.map((words) => ({ axis, pole: 1, dose: 2, words }))
      : DOSES.flatMap((dose) => [
          { axis, pole: -1, dose },
          { axis, pole: 1, dose },
        ]),
  ).map((directive) => [sentenceOf(directive), directive]),
);

/** The directives in the last line of `system`; none where it asks for no manner. */
export function directivesIn(system: string): Directive[] {
  const last = system.split("\n").at(-1)!;
  return last.split(/(?<=\.) /).flatMap((sentence) => DIRECTIVES.get(sentence) ?? []);
}
