/** Figure 3C of the paper: what selects the questions. */
import { ACQUISITIONS, type Acquisition } from "../../../models/acquisition/scores.js";
import { curvePanels, drawCurves } from "../evaluate/curve-chart.js";
import { curveOf, type Study, subtitleOf } from "./study.js";

/** The words of the legend. */
const NAMES: Partial<Record<Acquisition, string>> = {
  ellipsoid: "ellipsoid (the paper)",
  weightedEllipsoid: "weighted ellipsoid (its code)",
  informationGain: "information gain (D-optimal)",
  bald: "mutual information (BALD)",
  variance: "expected variance (V-optimal)",
};

export function drawAcquisitionFigure(study: Study): Promise<string> {
  const { model } = study.trained;
  const acquisitions = Object.keys(ACQUISITIONS) as Acquisition[];
  return drawCurves({
    title: "What selects the questions",
    subtitle: subtitleOf(study),
    panels: curvePanels(
      acquisitions.map((acquisition) => [
        NAMES[acquisition] ?? acquisition,
        curveOf(study, model, acquisition),
      ]),
    ),
  });
}
