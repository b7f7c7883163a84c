/** A figure made into what the chart library draws: one way for every chart of the app's studies. */

import type { ChartOption } from "./draw";
import type { Figure, Look } from "./figure";
import { horizontalBars, waterfall } from "./figureBars";
import { curve, path, points } from "./figurePoints";

export function figureOption(figure: Figure, look: Look): ChartOption {
  if (figure.kind === "path") return path(figure, look);
  if (figure.kind === "curve") return curve(figure, look);
  if (figure.kind === "scatter" || figure.kind === "stages") return points(figure, look);
  if (figure.kind === "waterfall") return waterfall(figure, look);
  return horizontalBars(figure, look);
}
