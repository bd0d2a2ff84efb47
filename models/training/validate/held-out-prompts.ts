/**
 * Parts votes by prompt: a chat asks about prompts that nobody has voted on, so how well a model
 * knows new people there must be measured on responses that its training never saw. Knows no models.
 */
import { type RandomGenerator, shuffled } from "../../algebra/random.js";
import { type TrainingData, writeDifference } from "../estimate/training-data.js";

/** The share of prompts that is held out; of responses more, since a vote has to show two of them. */
const SHARE_OF_PROMPTS = 0.3;
const SHARE_OF_RESPONSES = 0.4;
/** Where one prompt has more than this share of the votes, its responses are parted instead. */
const MOST_OF_ONE_PROMPT = 0.5;
/** Features that training has not seen may carry so much of what held-out responses differ in. */
const MOST_UNSEEN = 0.1;

export interface MemberParts {
  /** Rows that the member may be asked about. */
  readonly asked: readonly number[];
  /** Rows that are predicted; both responses are held out. */
  readonly predicted: readonly number[];
}

/** By response number: whether it is held out. */
export type HeldOutResponses = Uint8Array;

/** Draws the prompts that are held out: responses that were compared, directly or by way of others, share one. */
export function drawHeldOut(data: TrainingData, random: RandomGenerator): HeldOutResponses {
  const unitOf = promptOfResponses(data);
  const units = shuffled([...new Set(unitOf)], random);
  const share = units.length === unitOf.length ? SHARE_OF_RESPONSES : SHARE_OF_PROMPTS;
  const chosen = new Set(units.slice(0, Math.round(share * units.length)));
  return Uint8Array.from(unitOf, (unit) => (chosen.has(unit) ? 1 : 0));
}

export function partsOf(
  data: TrainingData,
  member: number,
  heldOut: HeldOutResponses,
): MemberParts {
  const asked: number[] = [];
  const predicted: number[] = [];
  for (let row = data.starts[member]!; row < data.starts[member + 1]!; row++) {
    const [a, b] = sidesOf(data, row, heldOut);
    if (a && b) predicted.push(row);
    else if (!a && !b) asked.push(row);
  }
  return { asked, predicted };
}

/**
 * `data` without the rows that show a response of `predicted` rows, so that training on it knows none
 * of them. Undefined if what these differ in is unseen without them, as when a feature stands for
 * one response: then nothing could be said about new responses.
 */
export function withoutResponsesOf(
  data: TrainingData,
  predicted: readonly number[],
): TrainingData | undefined {
  const shown = new Uint8Array(data.responses.reduce((a, b) => Math.max(a, b), 0) + 1);
  for (const row of predicted) {
    shown[data.responses[2 * row]!] = 1;
    shown[data.responses[2 * row + 1]!] = 1;
  }
  const rows = Array.from({ length: data.count }, (_, row) => row).filter((row) => {
    const [a, b] = sidesOf(data, row, shown);
    return !a && !b;
  });
  const left = keepRows(data, rows);
  return unseenShare(data, rows, predicted) > MOST_UNSEEN ? undefined : left;
}

function sidesOf({ responses }: TrainingData, row: number, marked: Uint8Array) {
  return [marked[responses[2 * row]!] === 1, marked[responses[2 * row + 1]!] === 1] as const;
}

/** The given ascending `rows` of `data`; members keep their numbers. */
function keepRows(data: TrainingData, rows: readonly number[]): TrainingData {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  const starts = new Int32Array(data.members + 1);
  let member = 0;
  rows.forEach((row, at) => {
    while (row >= data.starts[member + 1]!) starts[++member] = at;
  });
  while (member < data.members) starts[++member] = rows.length;
  return {
    ...data,
    count: rows.length,
    order: Int32Array.from(rows, (row) => data.order[row]!),
    responses: Int32Array.from(
      rows.flatMap((row) => [data.responses[2 * row]!, data.responses[2 * row + 1]!]),
    ),
    outcomes: pick(data.outcomes),
    positions: pick(data.positions),
    weights: pick(data.weights),
    starts,
  };
}

/** How much of what `predicted` rows differ in lies in features that never differ in `rows`, 0 to 1. */
function unseenShare(
  data: TrainingData,
  rows: readonly number[],
  predicted: readonly number[],
): number {
  const [seen, held] = [rows, predicted].map((own) => squaresOf(data, own)) as [
    Float64Array,
    Float64Array,
  ];
  const total = held.reduce((sum, value) => sum + value, 0);
  const unseen = held.reduce((sum, value, feature) => sum + (seen[feature] === 0 ? value : 0), 0);
  return total > 0 ? unseen / total : 0;
}

function squaresOf(data: TrainingData, rows: readonly number[]): Float64Array {
  const squares = new Float64Array(data.dimensions);
  const difference = new Float64Array(data.dimensions);
  for (const row of rows) {
    writeDifference(data, row, difference, 0);
    for (let i = 0; i < squares.length; i++) squares[i]! += difference[i]! ** 2;
  }
  return squares;
}

/** A number for the prompt of each response, or one for each response if one prompt has most votes. */
function promptOfResponses({ count, responses }: TrainingData): Int32Array {
  const responseCount = responses.reduce((a, b) => Math.max(a, b), -1) + 1;
  const parents = Int32Array.from({ length: responseCount }, (_, response) => response);
  const find = (response: number): number => {
    let root = response;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]!]!;
      root = parents[root]!;
    }
    return root;
  };
  for (let row = 0; row < count; row++) {
    parents[find(responses[2 * row]!)] = find(responses[2 * row + 1]!);
  }
  const prompts = parents.map((_, response) => find(response));
  const votes = new Int32Array(responseCount);
  for (let row = 0; row < count; row++) votes[prompts[responses[2 * row]!]!]! += 1;
  const largest = votes.reduce((a, b) => Math.max(a, b), 0);
  if (largest <= MOST_OF_ONE_PROMPT * count) return prompts;
  return Int32Array.from({ length: responseCount }, (_, response) => response);
}
