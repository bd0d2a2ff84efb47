/** Figure 2 of the paper: how well new users are known after so many answers, against the baselines. */
import { curvePanels, drawCurves } from "../evaluation/curve-chart.js";
import { measureCurve } from "../evaluation/learning-curve.js";
import { askAtRandom, individualModel } from "./individual.js";
import { curveOf, type Study, subtitleOf } from "./study.js";

export function drawAnswersFigure(study: Study): Promise<string> {
  const { answers, dataset, seed, trained, users } = study;
  const { items, training } = dataset;
  const [unasked] = measureCurve(trained.model, items, users, {
    ask: "random",
    answers: [0],
    seed,
  });
  return drawCurves({
    title: "What answers tell about a new user",
    subtitle: subtitleOf(study),
    panels: curvePanels([
      ["Attune", curveOf(study, trained.model)],
      ["Attune, random questions", curveOf(study, trained.model, "random")],
      ["individual model", curveOf(study, individualModel(items, training), askAtRandom(answers))],
      ["global model", answers.map((count) => ({ ...unasked!, answers: count }))],
    ]),
  });
}
