/** What the rubric costs: the tokens of its request, beside those of the answer that it judges. */

import { HIGHEST_SCORE, RUBRIC_AXES } from "../../../models/encoder/rubric.js";
import type { Slot } from "../../../models/steering/spread.js";
import { rubricQuestion } from "../../conversation/rubric/rubric-question.js";
import { loadDeck } from "../../shared/deck/deck.js";
import { costOf } from "./cost.js";
import { deckPool } from "./pools.js";

const CHARACTERS_A_TOKEN = 4;
const COUNTS = [1, 2, 4, 8] as const;
const PLAIN: Slot = { kind: "plain", directives: [] };

export interface RubricCost {
  readonly candidates: number;
  /** Of the rubric's request: estimates from characters. */
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Of writing the candidates, all plainly. */
  readonly answer: number;
}

/** The mean over the deck's prompts, for each number of candidates. */
export function rubricCosts(): readonly RubricCost[] {
  const { prompts } = loadDeck("en");
  const pool = deckPool();
  const scores = Object.fromEntries(RUBRIC_AXES.map((axis) => [axis, HIGHEST_SCORE]));
  return COUNTS.map((candidates) => {
    const asked = prompts.map(({ answers }) =>
      rubricQuestion(answers.slice(0, candidates).map(({ text }) => text)),
    );
    const sent = asked.map(
      ({ instruction, turns }) => instruction.length + String(turns[0]!.content).length,
    );
    const texts = Array.from({ length: candidates }, () => scores);
    const rows = prompts.map((_, prompt) =>
      Array.from({ length: candidates }, (__, row) => prompt * 8 + row),
    );
    const written = rows.map(
      (own) => costOf(pool, { rows: own, slots: own.map(() => PLAIN), examples: [] }).tokens,
    );
    return {
      candidates,
      tokensIn: mean(sent) / CHARACTERS_A_TOKEN,
      tokensOut: JSON.stringify({ texts }).length / CHARACTERS_A_TOKEN,
      answer: mean(written),
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function renderRubricCosts(costs: readonly RubricCost[]): string {
  const rows = costs.map(({ candidates, tokensIn, tokensOut, answer }) => {
    const share = (100 * (tokensIn + tokensOut)) / answer;
    return `| ${candidates} | ${answer.toFixed(0)} | ${tokensIn.toFixed(0)} | ${tokensOut.toFixed(0)} | +${share.toFixed(0)} % |`;
  });
  return [
    "| candidates | tokens of the answer | the rubric's, in | out | more |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
