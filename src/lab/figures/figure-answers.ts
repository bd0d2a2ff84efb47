/** Figure 2 of the paper: how well new users are known after so many answers, against the baselines. */
import { curvePanels, drawCurves } from "../evaluate/curve-chart.js";
import { askNothing } from "../evaluate/interview.js";
import { askAtRandom, individualModel } from "./individual.js";
import { curveOf, type Study, subtitleOf } from "./study.js";

export function drawAnswersFigure(study: Study): Promise<string> {
  const { answers, dataset, trained } = study;
  const { items, training } = dataset;
  return drawCurves({
    title: "What answers tell about a new user",
    subtitle: subtitleOf(study),
    panels: curvePanels([
      ["Attune", curveOf(study, trained.model)],
      ["Attune, random questions", curveOf(study, trained.model, "random")],
      ["individual model", curveOf(study, individualModel(items, training), askAtRandom(answers))],
      ["global model", curveOf(study, trained.model, askNothing)],
    ]),
  });
}
