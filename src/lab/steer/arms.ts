/** The ways of writing candidates that are held against each other. Knows no texts. */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import { type MannerOptions, mannersFor } from "../../../models/steering/candidate-count.js";
import { directivesFor } from "../../../models/steering/directives.js";
import { type Slot, spreadOf } from "../../../models/steering/spread.js";
import { type StanceParts, stancesOf } from "../../../models/steering/stances.js";
import type { Directive } from "../../../models/steering/vocabulary.js";

const CANDIDATES = 4;

export interface ArmRequest {
  readonly stance: StanceParts;
  readonly options: MannerOptions;
  readonly random: RandomGenerator;
}

export interface Arm {
  readonly name: string;
  /** In which manners the candidates of one answer are written. */
  readonly slots: (request: ArmRequest) => readonly Slot[];
  /** Whose taste chooses among them; else the first one is sent. */
  readonly chooses: "by member" | "by everybody" | "first";
  /** How ballots are written where not as answers are: one candidate alone can't be voted on. */
  readonly ballotSlots?: (request: ArmRequest) => readonly Slot[];
}

const plain = (count: number): Slot[] =>
  Array.from({ length: count }, () => ({ kind: "plain", directives: [] }));

/** What the fixed styles ask for that were tried in order before there was steering. */
const FIXED_STYLES: readonly (readonly Directive[])[] = [
  [
    { axis: "length", pole: -1, dose: 3, words: 30 },
    { axis: "formality", pole: -1, dose: 2 },
  ],
  [
    { axis: "length", pole: 1, dose: 3, words: 220 },
    { axis: "formality", pole: 1, dose: 3 },
  ],
  [
    { axis: "warmth", pole: 1, dose: 2 },
    { axis: "askingBack", pole: 1, dose: 2 },
  ],
  [
    { axis: "warmth", pole: 1, dose: 3 },
    { axis: "humour", pole: 1, dose: 1 },
  ],
];

function exploit({ stance, options }: ArmRequest): Slot {
  return { kind: "exploit", directives: directivesFor(stancesOf(stance), options) };
}

/** What the others are held against. */
export const PLAIN = "plain × 4";

export const ARMS: readonly Arm[] = [
  { name: "plain", slots: () => plain(1), chooses: "first" },
  { name: "pooled choice", slots: () => plain(CANDIDATES), chooses: "by everybody" },
  { name: PLAIN, slots: () => plain(CANDIDATES), chooses: "by member" },
  {
    name: "fixed styles × 4",
    slots: () => FIXED_STYLES.map((directives) => ({ kind: "plain" as const, directives })),
    chooses: "by member",
  },
  {
    name: "steering alone",
    slots: (request) => [exploit(request)],
    chooses: "first",
    ballotSlots: () => plain(CANDIDATES),
  },
  {
    name: "exploit × 4",
    slots: (request) => Array.from({ length: CANDIDATES }, () => exploit(request)),
    chooses: "by member",
  },
  {
    name: "spread",
    slots: ({ stance, options, random }) => spreadOf(stance, options, CANDIDATES, random),
    chooses: "by member",
  },
  ...[2, 3].map(
    (count): Arm => ({
      name: `exploit × ${count}`,
      slots: (request) => Array.from({ length: count }, () => exploit(request)),
      chooses: "by member",
    }),
  ),
  {
    name: "plain + exploit",
    slots: (request) => [...plain(1), exploit(request)],
    chooses: "by member",
  },
  {
    name: "spread, adaptive N",
    slots: ({ stance, options, random }) => mannersFor(stance, options, CANDIDATES, random),
    chooses: "by member",
  },
];
