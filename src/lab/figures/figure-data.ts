/** Figure 4 of the paper: how many members and how many votes of each training takes. */
import { NotEnoughFeedbackError } from "../../../models/training/not-enough-feedback.js";
import { drawCurves, type Panel, type Series } from "../evaluate/curve-chart.js";
import type { TrainingPairs } from "../evaluate/dataset.js";
import { curveOf, type Study, subtitleOf, train } from "./study.js";

const SHARES = [1 / 8, 1 / 4, 1 / 2, 1];

export async function drawDataFigure(study: Study): Promise<string> {
  const { training } = study.dataset;
  const votesEach = Math.round(training.count / training.members);
  const members = SHARES.map((share) => Math.round(share * training.members));
  const votes = SHARES.map((share) => Math.round(share * votesEach));
  const byMembers = await panelOf(
    study,
    "ROC AUC by the number of members",
    members.map((count) => [`${count} members`, limitTraining(training, count, votesEach)]),
  );
  const byVotes = await panelOf(
    study,
    "ROC AUC by the votes of each member",
    votes.map((count) => [`${count} votes each`, limitTraining(training, training.members, count)]),
  );
  return drawCurves({
    title: "The amount of training data",
    subtitle: subtitleOf(study),
    ordered: true,
    panels: [byMembers, byVotes],
  });
}

async function panelOf(
  study: Study,
  title: string,
  variants: readonly (readonly [name: string, training: TrainingPairs])[],
): Promise<Panel> {
  const series: Series[] = [];
  for (const [name, training] of variants) {
    const model = await trainUnlessTooLittle(study, training);
    if (model === undefined) continue;
    const points = curveOf(study, model).map(({ answers, auc }) => ({ answers, value: auc }));
    series.push({ name, points });
  }
  return { title, series };
}

async function trainUnlessTooLittle(study: Study, training: TrainingPairs) {
  if (training.count === study.dataset.training.count) return study.trained.model;
  try {
    return (await train(study.dataset, training, study)).model;
  } catch (error) {
    if (error instanceof NotEnoughFeedbackError) return undefined;
    throw error;
  }
}

/** The first `votes` comparisons of each of the first `members` members. */
export function limitTraining(
  training: TrainingPairs,
  members: number,
  votes: number,
): TrainingPairs {
  const seen = new Int32Array(training.members);
  const rows = Int32Array.from(training.memberOf.keys()).filter((row) => {
    const member = training.memberOf[row]!;
    return member < members && ++seen[member]! <= votes;
  });
  const pick = (values: Int32Array) => rows.map((row) => values[row]!);
  return {
    members,
    count: rows.length,
    memberOf: pick(training.memberOf),
    a: pick(training.a),
    b: pick(training.b),
    outcomes: Float32Array.from(rows, (row) => training.outcomes[row]!),
  };
}
