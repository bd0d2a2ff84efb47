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
  /** Whether texts that the person chose before go along as examples of manner. */
  readonly withExamples?: boolean;
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

/** Arms that others are held against, paired by person. */
export const PLAIN = "plain × 4";
export const FIXED = "fixed styles × 4";
export const EXPLOIT = "exploit × 4";
export const SPREAD = "spread";
export const ADAPTIVE = "spread, adaptive N";
/** As many tokens as four candidates with examples take. */
export const EXPLOIT_SIX = "exploit × 6";
export const REFERENCES = [PLAIN, FIXED, EXPLOIT, SPREAD, ADAPTIVE, EXPLOIT_SIX];

const exploits = (count: number) => (request: ArmRequest) =>
  Array.from({ length: count }, () => exploit(request));

const spread = ({ stance, options, random }: ArmRequest) =>
  spreadOf(stance, options, CANDIDATES, random);

const adaptive = ({ stance, options, random }: ArmRequest) =>
  mannersFor(stance, options, CANDIDATES, random);

/** The taste chooses, or writes, or both. */
export const ABLATION: readonly Arm[] = [
  { name: "plain", slots: () => plain(1), chooses: "first" },
  { name: "pooled choice", slots: () => plain(CANDIDATES), chooses: "by everybody" },
  { name: PLAIN, slots: () => plain(CANDIDATES), chooses: "by member" },
  {
    name: "steering alone",
    slots: exploits(1),
    chooses: "first",
    ballotSlots: () => plain(CANDIDATES),
  },
  { name: ADAPTIVE, slots: adaptive, chooses: "by member" },
];

export const ARMS: readonly Arm[] = [
  ...ABLATION.slice(0, -1),
  {
    name: FIXED,
    slots: () => FIXED_STYLES.map((directives) => ({ kind: "plain" as const, directives })),
    chooses: "by member",
  },
  { name: EXPLOIT, slots: exploits(CANDIDATES), chooses: "by member" },
  { name: EXPLOIT_SIX, slots: exploits(6), chooses: "by member" },
  {
    name: "plain + exploit",
    slots: (request) => [...plain(1), exploit(request)],
    chooses: "by member",
  },
  { name: SPREAD, slots: spread, chooses: "by member" },
  ...ABLATION.slice(-1),
  {
    name: "examples × 4",
    slots: () => plain(CANDIDATES),
    chooses: "by member",
    withExamples: true,
  },
  {
    name: "exploit with examples × 4",
    slots: exploits(CANDIDATES),
    chooses: "by member",
    withExamples: true,
  },
  {
    name: "adaptive N with examples",
    slots: adaptive,
    chooses: "by member",
    withExamples: true,
  },
];
